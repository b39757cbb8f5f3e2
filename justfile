# The habits. Each line is a plain command, so just is a convenience and no requirement.

# Everything CI runs.
ci:
    .ci/run

# The quick look before a commit.
check:
    cargo fmt --all --check
    cargo clippy --all-targets -- -D warnings

# All tests.
test:
    cargo test

# Write new snapshots, then look at the difference.
snapshots:
    INSTA_UPDATE=always cargo test
    git diff --stat -- '*.snap'

# The budgets of large workspaces, each beside what a user would otherwise run.
bench RECORDS="1000,10000,100000,300000":
    KONTOR_BENCH_RECORDS={{RECORDS}} cargo bench --bench budgets

# Every screen's keys to their frames, on that many records.
frames RECORDS="100000":
    KONTOR_BENCH_RECORDS={{RECORDS}} cargo bench --bench frames

# The keys of a search, on that many records, beside rg.
search RECORDS="100000":
    KONTOR_BENCH_RECORDS={{RECORDS}} cargo bench --bench search

# Files made to cost as much as possible, the worst first.
hostile:
    cargo bench --bench hostile

# The workstation on the sample.
demo *ARGS:
    cargo run --release -- demo {{ARGS}}

# Licences and known vulnerabilities of the dependencies.
deny:
    cargo deny check
