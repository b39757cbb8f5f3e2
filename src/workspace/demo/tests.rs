use std::process::Command;

use chrono::TimeZone;

use super::*;

fn git(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.current_dir(folder).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 5, 20, 16, 30, 0).unwrap()
}

fn sound(folder: &Path) {
    assert_eq!(git(folder, &["status", "--porcelain"]), "");
    assert_eq!(git(folder, &["fsck", "--strict", "--no-dangling"]), "");
}

#[test]
fn the_sample_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("new/demo");
    let mut told = Vec::new();
    let made =
        make(Some(&target), Content::Sample, now(), Environment::isolated(), &mut |step| told.push(step))
            .unwrap();
    sound(&target);
    assert_eq!(made.path, target);
    assert_eq!(git(&target, &["rev-list", "--count", "HEAD"]).trim(), made.commits.to_string());
    assert_eq!(git(&target, &["config", "user.name"]), "Lena Vogt\n");
    assert!(told.iter().any(|step| step.phase == Phase::Commits && step.done == step.total));
    for (path, bytes) in sample::at(now()) {
        assert!(std::fs::read(path.to_path(&target)).unwrap() == bytes, "{path}");
    }
    let log = git(
        &target,
        &["log", "--format=%s|%(trailers:key=Kontor-Action,valueonly,separator=%x2C)", "--", "opportunities"],
    );
    assert!(log.contains(": stage Proposal → Negotiation|move-stage\n"), "{log}");
    let seen =
        std::fs::read_to_string(target.join(".git/kontor/seen/lena-vogt-nordwind-example.yaml")).unwrap();
    assert!(seen.contains("2027-05-19T15:20:00Z"), "{seen}");
    let commit = seen.lines().find_map(|line| line.strip_prefix("commit: ")).unwrap().trim_matches('"');
    let news = git(&target, &["log", "--format=%an", &format!("{commit}..HEAD")]);
    assert!(news.lines().filter(|who| *who != "Lena Vogt").count() > 3, "{news}");
    let author = git(&target, &["log", "--format=%an <%ae>", "--author=Lena", "-1"]);
    assert_eq!(author, "Lena Vogt <lena.vogt@nordwind.example>\n");
}

#[test]
fn what_is_there_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("mine.txt");
    std::fs::write(&file, "mine").unwrap();
    for target in [dir.path(), &file] {
        let refused = make(Some(target), Content::Sample, now(), Environment::isolated(), &mut |_| {});
        assert!(matches!(refused, Err(DemoError::Place(DiskError::Taken { .. }))), "{refused:?}");
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn made_up_records_are_made() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("demo");
    let order = Order { records: 400, seed: 7, commits: 120 };
    let content = Content::Generated(order);
    let made = make(Some(&target), content, now(), Environment::isolated(), &mut |_| {}).unwrap();
    assert_eq!(made.files, order.records + 2);
    sound(&target);
    assert_eq!(git(&target, &["config", "user.name"]), "Lena Vogt\n");
    assert_eq!(git(&target, &["ls-files", "*/*.yaml"]).lines().count(), order.records);
    let actions = git(&target, &["log", "--format=%(trailers:key=Kontor-Action,valueonly,separator=%x2C)"]);
    let changes = actions.lines().filter(|action| !matches!(*action, "init" | "import"));
    assert_eq!(changes.count(), order.commits);
}
