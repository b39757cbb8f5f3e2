//! edit.

use super::shell::{Said, Shell, said};

fn edit(shell: &Shell, reference: &str, editor: &str) -> Said {
    said(shell.kontor(&["edit", reference]).env("EDITOR", editor).output().unwrap())
}

#[test]
fn a_good_edit_is_committed() {
    let shell = Shell::new();
    let done = edit(&shell, "acme-gmbh", "sed -i 's/customer/partner/'");
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(shell.subject(), "accounts/acme-gmbh: type Customer → Partner");
    assert!(done.out.contains(&shell.subject()), "{}", done.out);
    shell.is_clean();
    let visual = said(
        shell.kontor(&["edit", "acme-gmbh"]).env("EDITOR", "false").env("VISUAL", "true").output().unwrap(),
    );
    assert_eq!((visual.code, visual.out.as_str()), (0, "nothing changed\n"));
}

#[test]
fn a_mistake_is_told_and_the_text_stays() {
    let shell = Shell::new();
    let before = shell.commits();
    let done = edit(&shell, "acme-gmbh", "sed -i 's/customer/custmer/'");
    assert_eq!(done.code, 1);
    assert!(
        done.out.contains("accounts/acme-gmbh.yaml:3:7: unknown type 'custmer': did you mean 'customer'?"),
        "{}",
        done.out
    );
    assert!(shell.read("accounts/acme-gmbh.yaml").contains("custmer"));
    assert_eq!(shell.commits(), before);
    let mended = edit(&shell, "accounts/acme-gmbh.yaml", "sed -i 's/custmer/partner/'");
    assert_eq!(mended.code, 0);
    shell.is_clean();
}

#[test]
fn a_broken_file_can_be_mended() {
    let shell = Shell::new();
    shell.write("accounts/bolt-ag.yaml", "name: [Bolt\n");
    let done = edit(&shell, "accounts/bolt-ag", "sed -i 's/\\[//'");
    assert_eq!((done.code, done.err.as_str()), (0, ""), "{}", done.out);
    assert_eq!(shell.json(&["show", "bolt-ag"])["name"], "Bolt");
    shell.is_clean();
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let shell = Shell::new();
    let done = edit(&shell, "acme-gmbh", "false");
    assert_eq!(done.code, 1);
    assert!(done.err.starts_with("error: "), "{}", done.err);
    let none = edit(&shell, "nobody", "true");
    assert_eq!(none.code, 1);
    shell.is_clean();
}
