//! Text that would like to drive the terminal.

use super::shell::Shell;

/// A title bar, a colour, a cleared screen in 7 and 8 bits, a link, a reversed order, a bell, a line's beginning.
const HOSTILE: &str = r#""\e]0;owned\a\e[31mred\e[2J\u009b2J\e]8;;http://x\e\\link\u202Egnp\r\nevil\tx""#;

fn dangerous(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[test]
fn nothing_gets_through() {
    let shell = Shell::new();
    shell.write("accounts/evil.yaml", &format!("name: {HOSTILE}\n{HOSTILE}: {HOSTILE}\ndescription: {HOSTILE}\ntags: [{HOSTILE}]\ntype: {HOSTILE}\n"));
    shell.write(
        "schema/evil.yaml",
        &format!(
            "type: evil\nplural: evils\nlabel: {HOSTILE}\nfields:\n  name: {{kind: text, label: {HOSTILE}}}\n"
        ),
    );
    shell.write("contacts/\u{1b}[31mx.yaml", "name: x\n");
    shell.git(&["add", "."]);
    shell.git(&[
        "-c",
        "user.name=\u{1b}[31mEve",
        "commit",
        "--quiet",
        "--message=\u{1b}]0;owned\u{7} subject",
    ]);
    shell.write("accounts/evil-2.yaml", &format!("name: [{HOSTILE}\n"));
    let all: &[&[&str]] = &[
        &["show", "evil"],
        &["list", "accounts"],
        &["check"],
        &["log"],
        &["log", "evil"],
        &["schema"],
        &["schema", "evil"],
        &["commit"],
        &["render", "accounts"],
        &["render", "accounts/evil"],
        &["show", "accounts/evil-2"],
        &["list", "accounts", "--columns", "name,tags"],
        &["set", "evil", "name=\u{1b}[31m"],
        &["show", "\u{1b}[31m"],
        &["rm", "evil"],
    ];
    for args in all {
        for colour in ["--color=never", "--format=json"] {
            if colour == "--format=json" && args[0] == "render" {
                continue;
            }
            let said = shell.run(&[*args, &[colour]].concat());
            assert_eq!(dangerous(&said.out), None, "{args:?} {colour}: {:?}", said.out);
            assert_eq!(dangerous(&said.err), None, "{args:?} {colour}: {:?}", said.err);
            assert!(!(said.out + &said.err).is_empty(), "{args:?} {colour} said nothing");
        }
    }
}

#[test]
fn json_gives_the_text_itself_back() {
    let shell = Shell::new();
    shell.write("accounts/evil.yaml", &format!("name: {HOSTILE}\n"));
    let name = shell.json(&["show", "evil"])["name"].as_str().unwrap().to_owned();
    assert_eq!(
        name,
        "\u{1b}]0;owned\u{7}\u{1b}[31mred\u{1b}[2J\u{9b}2J\u{1b}]8;;http://x\u{1b}\\link\u{202e}gnp\r\nevil\tx"
    );
}
