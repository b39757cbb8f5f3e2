//! What the figures were measured on, and when.

use std::process::Command;

/// A line for the top.
pub fn described() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).map(str::to_owned);
        line.and_then(|line| Some(line.split_once(':')?.1.trim().to_owned()))
            .unwrap_or_else(|| "unknown".into())
    };
    let processor = field(&read("/proc/cpuinfo"), "model name");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let memory = memory.trim_end_matches(" kB").parse::<f64>().map_or(0.0, |kb| kb / (1024.0 * 1024.0));
    let said = |program: &str, argument: &str| {
        let output = Command::new(program).arg(argument).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).lines().next()?.trim().to_owned())
    };
    let programs = [said("git", "--version"), said("rg", "--version"), said("uname", "-sr")];
    let programs = programs.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let day = said("date", "+%F").unwrap_or_default();
    format!("{day}: {cores} cores of {processor}, {memory:.0} GiB of memory, {programs}.")
}
