//! What the shells are told about the workspace.

use super::shell::{Shell, said};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

/// What zsh is told about the last word: each offer, `…` behind those to be typed on.
#[track_caller]
fn offers(shell: &Shell, words: &[&str]) -> String {
    let told = shell.ok(&[&["complete", "zsh", "kontor"], words].concat());
    let offer = |line: &str| {
        let cells: Vec<_> = line.split('\t').collect();
        assert_eq!(cells.len(), 3, "{line}");
        format!("{}{}", cells[0], if cells[1] == "+" { "" } else { "…" })
    };
    told.lines().map(offer).collect::<Vec<_>>().join(" ")
}

#[test]
fn types_references_fields_and_values() {
    let shell = Shell::new();
    let mut wrong = Vec::new();
    let mut check = |line: &str, expect: &str| {
        let words: Vec<_> = line.split(' ').collect();
        let told = offers(&shell, &words);
        if told != expect {
            wrong.push(format!("{line}: {told}"));
        }
    };
    check("list acc", "accounts");
    check("list dea", "deals");
    check("new dea", "deal");
    check("schema contact", "contacts");
    check("search --type cas", "cases");
    check("list deals sta", "stage:… stage_since:…");
    check("list deals stage", "stage:… stage!=… stage~… stage<… stage>… stage<=… stage>=…");
    check("list deals stage:", "stage:proposal stage:talks stage:won");
    check("list deals stage=won,t", "stage=won,talks");
    check("list deals -stage:pro", "-stage:proposal");
    check("list deals is:rot", "is:rotting");
    check("list deals account.pri", "account.primary_contact:… account.price_book:…");
    check("list deals account:b", "account:bolt-ag");
    check("list deals stage:won amo", "amount:…");
    check("list type:oppo", "type:opportunity");
    check("list deals --sort -am", "-amount…");
    check("list deals --columns=name,clo", "--columns=name,close_date… --columns=name,closed_at…");
    check("list deals --columns account.ci", "account.city…");
    check("list --view my", "My open deals");
    check("list --view My\u{a0}x", "");
    check("show ", "accounts/… contacts/… opportunities/… pipelines/… users/…");
    check("show deals/", "deals/pumps deals/valves");
    check("edit acme", "acme-gmbh");
    check("rm accounts/acme-gmbh accounts/b", "accounts/bolt-ag");
    check("mv accounts/acme-gmbh b", "");
    check("log contacts/tom", "contacts/tom-reuter");
    check("set deals/pumps stage", "stage=…");
    check("set deals/pumps stage=t", "stage=talks");
    check("set accounts/acme-gmbh tags-=", "tags-=pilot");
    check("set accounts/bolt-ag parent_account=ac", "parent_account=acme-gmbh");
    check("set deals/pumps val", "valves");
    check("new deal close_date=to", "close_date=today close_date=tomorrow");
    check("new deal account=acme", "account=acme-gmbh");
    check("check acc", "");
    check("nonsense acc", "");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    shell.is_clean();
}

#[test]
fn says_nothing_where_there_is_nothing_to_say() {
    let shell = Shell::empty();
    for args in [
        &["complete", "zsh", "kontor", "show", "a"][..],
        &["complete", "bash", " ", "kontor show a"],
        &["complete", "bash"],
        &["complete", "fish"],
        &["complete", "cobol", "x"],
    ] {
        assert_eq!(shell.ok(args), "", "{args:?}");
    }
    let inside = Shell::new();
    inside.write("kontor.yaml", "{");
    inside.write("schema/account.yaml", ": [");
    inside.run(&["complete", "zsh", "kontor", "show", "accounts/a"]);
    assert_eq!(inside.run(&["complete", "zsh", "kontor", "show", "accounts/a"]).err, "");
}

/// Neither git's folder nor Kontor's in it gets anything, and a hand edit is known at once.
#[test]
fn only_reads() {
    let shell = Shell::new();
    let state = shell.root().join(".git/kontor");
    let _ = fs::remove_dir_all(&state);
    shell.write("accounts/acme-nova.yaml", "name: \"Nova \\e[31m\"\n");
    let before = shell.git(&["status", "--porcelain"]);
    assert_eq!(offers(&shell, &["show", "accounts/acme"]), "accounts/acme-gmbh accounts/acme-nova");
    assert!(!shell.ok(&["complete", "zsh", "kontor", "show", "accounts/acme"]).contains('\x1b'));
    assert!(!state.exists());
    assert_eq!(shell.git(&["status", "--porcelain"]), before);
}

/// A shell that is installed runs this with our script loaded; `None` where it is not.
fn with_script(shell: &Shell, program: &str, options: &[&str], code: &str) -> Option<String> {
    Command::new(program).arg("--version").output().ok()?;
    let script = shell.home().join(format!("script.{program}"));
    fs::write(&script, shell.ok(&["completions", program])).unwrap();
    let bin = shell.home().join("bin");
    fs::create_dir_all(&bin).unwrap();
    let _ = symlink(env!("CARGO_BIN_EXE_kontor"), bin.join("kontor"));
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(program);
    command.args(options).arg("-c").arg(code).env_clear().envs(shell.variables()).env("PATH", path);
    command.env("SCRIPT", script).current_dir(shell.root());
    let said = said(command.output().unwrap());
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{program}: {}", said.out);
    Some(said.out)
}

/// What bash would offer at the end of a line, as it calls our function.
const AT_THE_END: &str = r#"
. "$SCRIPT"
at_the_end() {
    COMP_LINE=$1 COMP_POINT=${#1}
    read -ra COMP_WORDS <<<"$1"
    [[ $1 == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _kontor_ask kontor "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
    (IFS='|'; printf '%s\n' "${COMPREPLY[*]}")
}
complete -p kontor
at_the_end 'kontor list deals stage:'
at_the_end 'kontor list deals stage:pro'
at_the_end 'kontor list deals --sort=-am'
at_the_end 'kontor set deals/pumps stage=t'
at_the_end 'kontor list deals close_date:this'
at_the_end "kontor list deals 'close_date:\"this w"
at_the_end 'kontor show accounts/b'
at_the_end 'kontor list --view My\ o'
at_the_end 'kontor list deals --expl'
at_the_end 'kontor doc'
"#;

#[test]
fn bash_is_answered_behind_colons_and_equals_signs() {
    let shell = Shell::new();
    let Some(told) = with_script(&shell, "bash", &["--norc", "--noprofile"], AT_THE_END) else { return };
    let lines: Vec<_> = told.lines().collect();
    assert!(lines[0].contains("-F _kontor_ask kontor"), "{told}");
    let expect = [
        "proposal |talks |won ",
        "proposal ",
        "-amount",
        "talks ",
        "",
        "close_date:\"this week\"",
        "accounts/bolt-ag ",
        "My\\ open\\ deals ",
        "--explain",
        "doctor",
    ];
    assert_eq!(lines[1..], expect);
}

#[test]
fn zsh_and_fish_read_their_scripts() {
    let shell = Shell::new();
    with_script(&shell, "zsh", &["-f"], "zsh -f -n \"$SCRIPT\"");
    let fish =
        "source $SCRIPT; complete -C 'kontor list deals stage:pro'; complete -C 'kontor show accounts/b'";
    if let Some(told) = with_script(&shell, "fish", &["--no-config"], fish) {
        assert_eq!(told, "stage:proposal\tProposal\naccounts/bolt-ag\tBolt AG\n");
    }
    let script = shell.ok(&["completions", "zsh"]);
    let (ours, call) = (script.find("_kontor_by_itself").unwrap(), script.rfind("$funcstack[1]").unwrap());
    assert!(ours < call, "zsh calls the function before it is ours");
}
