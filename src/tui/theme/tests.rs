use ratatui::style::{Color, Modifier};

use super::*;

/// Roles that are read as text, and those that only have to be seen.
const READ: [Role; 25] = [
    Role::Text,
    Role::Heading,
    Role::Accent,
    Role::Link,
    Role::Money,
    Role::Mark,
    Role::Match,
    Role::Good,
    Role::Warn,
    Role::Bad,
    Role::Info,
    Role::Title,
    Role::DiffAdd,
    Role::DiffRemove,
    Role::DiffChange,
    Role::Key,
    Role::TabActive,
    Role::Tone1,
    Role::Tone2,
    Role::Tone3,
    Role::Tone4,
    Role::Tone5,
    Role::Tone6,
    Role::Input,
    Role::InputFocus,
];
const SEEN: [Role; 4] = [Role::Muted, Role::Hint, Role::Tab, Role::Cursor];

#[test]
fn every_file_in_the_folder_is_a_theme_of_its_name() {
    let mut files = 0;
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/themes")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let theme = Theme::load(&text, &path.display().to_string()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(path.file_stem().unwrap().to_str().unwrap(), theme.name());
        files += 1;
    }
    assert_eq!(files, Theme::builtin().len());
    assert!(files >= 6);
    assert_eq!(Theme::builtin()[0].name(), Theme::DEFAULT);
}

#[test]
fn everything_can_be_read_on_every_ground() {
    let mut low = Vec::new();
    for theme in Theme::builtin() {
        let page = theme.ground(Role::Background).unwrap();
        let mut check = |role: Role, on: Rgb, where_: &str, least: f64| {
            let contrast = theme.ink(role).unwrap().contrast(theme.ground(role).unwrap_or(on));
            if contrast < least {
                low.push(format!("{} {} on {where_}: {contrast:.2} < {least}", theme.name(), role.name()));
            }
        };
        for role in READ {
            check(role, page, "background", 4.5);
        }
        for role in SEEN {
            check(role, page, "background", 4.5);
        }
        check(Role::Faint, page, "background", 2.2);
        check(Role::Placeholder, page, "background", 2.2);
        check(Role::Rule, page, "background", 1.2);
        for ground in [Role::Surface, Role::Selection, Role::SelectionIdle] {
            let on = theme.ground(ground).unwrap();
            check(Role::Text, on, ground.name(), 4.5);
            check(Role::Heading, on, ground.name(), 4.5);
            for role in READ.into_iter().chain(SEEN) {
                check(role, on, ground.name(), 3.0);
            }
        }
        let page_to = |ground: Role| theme.ground(ground).unwrap().distance(page);
        assert!(page_to(Role::Selection) > page_to(Role::SelectionIdle), "{}", theme.name());
    }
    assert!(low.is_empty(), "too little contrast:\n{}", low.join("\n"));
}

#[test]
fn high_contrast_keeps_its_word() {
    let theme = Theme::named("high-contrast").unwrap();
    let page = theme.ground(Role::Background).unwrap();
    for role in READ.into_iter().chain(SEEN) {
        let ground = theme.ground(role).unwrap_or(page);
        assert!(theme.ink(role).unwrap().contrast(ground) >= 7.0, "{}", role.name());
    }
}

#[test]
fn poorer_terminals_get_poorer_styles() {
    let theme = Theme::named("kontor-dark").unwrap().clone();
    assert!(matches!(theme.style(Role::Bad).fg, Some(Color::Rgb(..))));
    let theme = theme.at(Depth::Ansi256);
    assert!(matches!(theme.style(Role::Bad).fg, Some(Color::Indexed(16..))));
    let theme = theme.at(Depth::Ansi16);
    assert_eq!(theme.style(Role::Bad).fg, Some(Color::Red));
    assert_eq!(theme.style(Role::Good).fg, Some(Color::Green));
    assert_eq!(theme.style(Role::Warn).fg, Some(Color::Yellow));
    assert_eq!(theme.style(Role::Text).fg, Some(Color::Reset));
    assert_eq!(theme.style(Role::Muted).fg, Some(Color::DarkGray));
    assert_eq!(theme.style(Role::Background).bg, None);
}

#[test]
fn the_named_hues_survive_in_every_theme() {
    for theme in Theme::builtin() {
        let theme = theme.clone().at(Depth::Ansi16);
        assert_eq!(theme.style(Role::Bad).fg, Some(Color::Red), "{}", theme.name());
        assert_eq!(theme.style(Role::Good).fg, Some(Color::Green), "{}", theme.name());
        assert_eq!(theme.style(Role::Warn).fg, Some(Color::Yellow), "{}", theme.name());
    }
}

#[test]
fn without_colour_nothing_has_a_colour_and_the_selection_still_shows() {
    for theme in Theme::builtin() {
        let theme = theme.clone().at(Depth::Mono);
        for role in Role::all() {
            assert_eq!((theme.style(role).fg, theme.style(role).bg), (None, None), "{}", role.name());
        }
        assert!(theme.style(Role::Selection).add_modifier.contains(Modifier::REVERSED));
        assert!(theme.style(Role::Heading).add_modifier.contains(Modifier::BOLD));
    }
}

#[test]
fn a_small_theme_falls_back_and_can_extend_another() {
    let small = "name: small\nroles: {background: '#000000', text: '#ffffff', selection: '#333333', accent: '#00ffff'}\n";
    let theme = Theme::load(small, "small.yaml").unwrap();
    assert_eq!(theme.ink(Role::Link), Some(Rgb(0, 255, 255)));
    assert_eq!(theme.ink(Role::Muted), Some(Rgb(255, 255, 255)));
    assert_eq!(theme.ground(Role::Surface), Some(Rgb(0, 0, 0)));

    let mine =
        "name: mine\nextends: nord\nroles:\n  accent: {fg: '#ff0000', italic: true}\n  background: default\n";
    let theme = Theme::load(mine, "mine.yaml").unwrap();
    assert_eq!(theme.ink(Role::Accent), Some(Rgb(255, 0, 0)));
    assert!(theme.style(Role::Accent).add_modifier.contains(Modifier::ITALIC));
    assert_eq!(theme.style(Role::Background).bg, Some(Color::Reset));
    assert_eq!(theme.ink(Role::Warn), Theme::named("nord").unwrap().ink(Role::Warn));
}

#[test]
fn errors_say_where_and_what() {
    let check = |text: &str, expected: &str| {
        let error = Theme::load(text, "t.yaml").expect_err(text);
        assert_eq!(error.to_string(), expected);
    };
    check(
        "name: t\npalette:\n  sea: blue\n",
        "t.yaml:3:8: palette.sea: `blue` is not a colour: write #rrggbb",
    );
    check(
        "name: t\nroles:\n  txt: '#ffffff'\n",
        "t.yaml:3:3: roles: unknown role `txt`: did you mean `text`?",
    );
    check(
        "name: t\nroles:\n  text: see\npalette: {sea: '#0000ff'}\n",
        "t.yaml:3:9: roles.text: unknown colour `see`: did you mean `sea`?",
    );
    check(
        "name: t\nroles:\n  text: {fg: '#ffffff', blod: true}\n",
        "t.yaml:3:25: roles.text: unknown key `blod`: did you mean `bold`?",
    );
    check("name: t\nextends: nope\n", &{
        let names: Vec<_> = Theme::builtin().iter().map(Theme::name).collect();
        format!("t.yaml:1:1: extends `nope`, which is none of {}", names.join(", "))
    });
    check("name: t\n", "t.yaml:1:1: the role `background` is missing: give it a colour under `roles`");
}

#[test]
fn broken_yaml_and_unknown_keys_are_refused_with_their_line() {
    assert_eq!(Theme::load("name: t\nroles: [\n", "t.yaml").unwrap_err().line, 3);
    assert_eq!(Theme::load("name: t\ncolours: {}\n", "t.yaml").unwrap_err().line, 2);
}

#[test]
fn a_name_keeps_its_tone() {
    let theme = &Theme::builtin()[0];
    assert_eq!(theme.tone("pilot"), theme.tone("pilot"));
    let tones: std::collections::HashSet<_> = (0..50).map(|n| theme.tone(&n.to_string())).collect();
    assert_eq!(tones.len(), Role::TONES.len());
}
