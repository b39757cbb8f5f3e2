//! Files: safe paths, atomic writes, the parallel loader, the watcher. The only place that touches files.
