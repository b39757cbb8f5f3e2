//! A small workspace in memory on which every action is tried: what it comes to, and what its change does to the
//! files. A scene is written as it looks on the screen: `list account @accounts/acme *accounts/bolt` is the list of
//! accounts with the cursor on Acme and Bolt marked.

use super::{Action, ActionError, Context, FormQuestion, Input, Outcome, Place, Question};
use crate::base::slug::random_tail;
use crate::base::{Id, Now, Ref, RepoPath};
use crate::crm::views::View;
use crate::disk::DiskError;
use crate::model::{Book, ChangeSet, Record, SETTINGS_FILE, Schema, Settings, Value, test_fields};
use crate::workspace::ChangeError;
use crate::workspace::testing::{message, plan};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Saturday 21 November 2026, two in the afternoon in Berlin.
pub fn now() -> Now {
    let utc = "2026-11-21T13:00:00Z".parse().unwrap();
    Now::new(utc, chrono_tz::Europe::Berlin)
}

const FILES: &[(&str, &str)] = &[
    ("users/lena.yaml", "name: Lena Vogt\nemail: lena@nordwind.example\nstatus: active\n"),
    ("users/jonas.yaml", "name: Jonas Riis\nemail: jonas@nordwind.example\nstatus: active\n"),
    ("users/old.yaml", "name: Otto Alt\nemail: otto@nordwind.example\nstatus: left\n"),
    (
        "pipelines/direct.yaml",
        "name: Direct\ndefault: true\nposition: 1\nstages:\n\
         - {id: proposal, name: Proposal, kind: open}\n- {id: talks, name: Negotiation, kind: open}\n\
         - {id: won, name: Won, kind: won}\n- {id: lost, name: Lost, kind: lost}\n",
    ),
    (
        "pipelines/renewals.yaml",
        "name: Renewals\nposition: 2\nstages:\n- {id: upcoming, name: Upcoming, kind: open}\n\
         - {id: talks, name: Negotiation, kind: open}\n- {id: renewed, name: Renewed, kind: won}\n\
         - {id: churned, name: Churned, kind: lost}\n",
    ),
    (
        "accounts/acme.yaml",
        "# Our oldest customer.\nname: Acme GmbH\nowner: lena\ntags: [pilot]\nprimary_contact: marta-lind\n\
         website: acme.example\nbilling_address: {street: Kai 1, city: Kiel}\n",
    ),
    ("accounts/bolt.yaml", "name: Bolt AG\nparent_account: acme\n"),
    (
        "contacts/marta-lind.yaml",
        "first_name: Marta\nlast_name: Lind\naccount: acme # since 2021\nemails: [marta@acme.example]\n\
         phones: [+49 40 123456]\n",
    ),
    (
        "contacts/tom-reuter.yaml",
        "first_name: Tom\nlast_name: Reuter\naccount: acme\nreports_to: marta-lind\n",
    ),
    (
        "opportunities/pumps.yaml",
        "name: Pumps\naccount: acme\npipeline: direct\nstage: proposal # since the fair\namount: 12500.00 EUR\n\
         contact: marta-lind\ncontacts: [tom-reuter, marta-lind]\nowner: lena\nlines:\n\
         - {id: a1b2, product: p-100, quantity: 3}\n",
    ),
    (
        "opportunities/valves.yaml",
        "name: Valves\naccount: bolt\npipeline: direct\nstage: talks\nowner: jonas\n",
    ),
    ("opportunities/care.yaml", "name: Care\naccount: acme\npipeline: renewals\nstage: upcoming\n"),
    ("products/p-100.yaml", "name: Pump P 100\n"),
    (
        "cases/reboot.yaml",
        "subject: Controller reboots\nstatus: open\npriority: high\naccount: acme\ncontact: marta-lind\n",
    ),
    ("cases/noise.yaml", "subject: Noise\nstatus: new\npriority: normal\n"),
    ("cases/solved.yaml", "subject: Solved\nstatus: resolved\npriority: low\n"),
    (
        "activities/call-acme.yaml",
        "type: call\nsubject: Ask about the pilot\nstatus: planned\ndue: 2026-11-19\nabout: accounts/acme\n\
         owner: lena\n",
    ),
    (
        "activities/demo.yaml",
        "type: meeting\nsubject: Demo\nstatus: planned\ndue: 2026-11-21T14:00+01:00\nabout: opportunities/pumps\n",
    ),
    ("activities/mail.yaml", "type: email\nsubject: Pilot\nstatus: done\ndue: 2026-11-12\n"),
    (
        "leads/ines-okafor.yaml",
        "first_name: Ines\nlast_name: Okafor\ncompany: Delta Foods\nstatus: qualified\nowner: lena\n\
         emails: [ines@delta.example]\nindustry: food_and_beverage\nneed: Level sensors\nbudget: 8000.00 EUR\n\
         lead_source: trade_show\n",
    ),
    ("leads/jo-bolt.yaml", "first_name: Jo\nlast_name: Bolt\ncompany: bolt ag\nstatus: new\n"),
    ("leads/done.yaml", "last_name: Done\nstatus: converted\n"),
];

/// A situation on the screen, and what was answered so far.
pub struct Scene {
    book: Book,
    files: BTreeMap<RepoPath, Vec<u8>>,
    me: Option<Id>,
    place: Place,
    here: Option<Ref>,
    marked: Vec<Ref>,
    shown: Option<View>,
    input: Input,
}

/// Read once: every test has many scenes.
static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let settings = Settings::load(&SETTINGS_FILE.parse().unwrap(), "name: Nordwind\ncurrency: EUR\n").0;
    let record = |(path, text): &(&str, &str)| Record {
        reference: path.strip_suffix(".yaml").unwrap().parse().unwrap(),
        path: path.parse().unwrap(),
        fields: test_fields(text).into(),
    };
    let records = FILES.iter().map(record).collect();
    Book::new(Arc::new(Schema::builtin()), Arc::new(settings), records, Vec::new())
});

/// A scene of the small workspace: a place, `@` the record under the cursor, `*` the marked ones.
pub fn scene(text: &str) -> Scene {
    let book = BOOK.clone();
    let files = FILES.iter().map(|(p, t)| (p.parse().unwrap(), t.as_bytes().to_vec())).collect();
    let (mut here, mut marked, mut words) = (None, Vec::new(), Vec::new());
    for word in text.split_whitespace() {
        match word.split_at(1) {
            ("@", rest) => here = Some(rest.parse().unwrap()),
            ("*", rest) => marked.push(rest.parse().unwrap()),
            _ => words.push(word),
        }
    }
    let place = match words.as_slice() {
        ["list" | "record" | "history", name] => Place::parse(book.schema(), name).unwrap(),
        ["board"] => Place::Board(None),
        ["board", id] => Place::Board(Some(id.parse().unwrap())),
        other => Place::parse(book.schema(), &other.join(" ")).unwrap(),
    };
    if let Place::Record(reference) = &place {
        here = here.or_else(|| Some(reference.clone()));
    }
    Scene {
        book,
        files,
        me: Id::try_from("lena").ok(),
        place,
        here,
        marked,
        shown: None,
        input: Input::default(),
    }
}

impl Scene {
    /// Nobody knows who sits here.
    pub fn nobody(mut self) -> Self {
        self.me = None;
        self
    }

    /// With one more record.
    pub fn with(mut self, path: &str, text: &str) -> Self {
        let reference = path.strip_suffix(".yaml").unwrap().parse().unwrap();
        let fields = test_fields(text);
        self.book.upsert(Record { reference, path: path.parse().unwrap(), fields: fields.into() });
        self.files.insert(path.parse().unwrap(), text.as_bytes().to_vec());
        self
    }

    /// The list shows this.
    pub fn shows(mut self, view: View) -> Self {
        self.shown = Some(view);
        self
    }

    /// Answers a pick, a text or a date question.
    pub fn answer(mut self, text: &str) -> Self {
        self.input.answer = Some(text.to_owned());
        self
    }

    /// The type of the new record.
    pub fn of_type(mut self, name: &str) -> Self {
        self.input.type_name = Some(name.into());
        self
    }

    /// Says yes.
    pub fn yes(mut self) -> Self {
        self.input.confirmed = true;
        self
    }

    /// Fills in fields, as a form does: `{lost_reason: price}`, an empty one clears.
    pub fn fields(mut self, yaml: &str) -> Self {
        use crate::model::{EditOp, FieldPath};
        let op = |value: Value| if value.is_empty() { EditOp::Clear } else { EditOp::Put(value) };
        let fields = test_fields(yaml).into_iter();
        self.input.fields.extend(fields.map(|(name, value)| (FieldPath::field(name), op(value))));
        self
    }

    /// Was told these edits, as the command line tells them.
    pub fn told(mut self, edits: super::assign::Edits) -> Self {
        self.input.fields = edits;
        self
    }

    /// What an action sees here.
    pub fn context(&self) -> Context<'_> {
        Context {
            book: &self.book,
            now: now(),
            me: self.me.as_ref(),
            place: &self.place,
            here: self.here.as_ref(),
            marked: &self.marked,
            shown: self.shown.as_ref(),
            seed: 7,
        }
    }

    /// What the action comes to here, raw.
    pub fn run(&self, action: &Action) -> Result<Outcome, ActionError> {
        action.run(&self.context(), &self.input)
    }

    /// Holds what the action comes to against what is expected, a line each. A change is carried out in memory.
    #[track_caller]
    pub fn check(self, action: &Action, expected: &str) -> Self {
        let lines =
            |text: &str| text.trim().lines().map(|l| l.trim().to_owned()).collect::<Vec<_>>().join("\n");
        assert_eq!(lines(&without_tails(&self.comes_to(action))), lines(expected));
        self
    }

    fn comes_to(&self, action: &Action) -> String {
        match self.run(action) {
            Err(ActionError::Unavailable(reason)) => format!("unavailable: {reason}"),
            Err(error) => format!("refused: {error}"),
            Ok(Outcome::View(intent)) => format!("view {intent:?}"),
            Ok(Outcome::Go(place)) => format!("go {place}"),
            Ok(Outcome::Copy(text)) => format!("copy {text}"),
            Ok(Outcome::Edit(reference)) => format!("edit {reference}"),
            Ok(Outcome::Ask(question)) => asked(&question),
            Ok(Outcome::Change(set, place)) => match self.done(&set) {
                Ok(done) => done + &place.map(|p| format!("\ngo {p}")).unwrap_or_default(),
                Err(error) => format!("not made: {error}"),
            },
            Ok(other) => format!("{other:?}").to_lowercase(),
        }
    }

    /// The commit a change makes: its subject, and the files that differ, by their lines.
    fn done(&self, set: &ChangeSet) -> Result<String, ChangeError> {
        let read =
            |path: &RepoPath| -> Result<Option<Vec<u8>>, DiskError> { Ok(self.files.get(path).cloned()) };
        let plan = plan(&self.book, set, now(), &read)?;
        let message = message(&plan.book, set.action, set.summary.as_deref(), &plan.touched, now());
        let mut lines = vec![message.subject];
        for file in plan.files {
            let text = |bytes: Option<&[u8]>| String::from_utf8(bytes.unwrap_or_default().to_vec()).unwrap();
            let (old, new) =
                (text(self.files.get(&file.path).map(Vec::as_slice)), text(file.content.as_deref()));
            let sign = match (old.is_empty(), file.content.is_none()) {
                (_, true) => "gone",
                (true, _) => "new",
                _ => "in",
            };
            lines.push(format!("{sign} {}", file.path));
            if file.content.is_some() {
                let gone = old.lines().filter(|l| !new.lines().any(|n| n == *l)).map(|l| format!("- {l}"));
                lines.extend(gone);
                let come = new.lines().filter(|l| !old.lines().any(|o| o == *l)).map(|l| format!("+ {l}"));
                lines.extend(come);
            }
        }
        Ok(lines.join("\n"))
    }
}

/// The random tails that this seed makes, as `ID`.
fn without_tails(text: &str) -> String {
    let mut rng = scene("home").context().rng();
    (0..8).fold(text.to_owned(), |text, _| text.replace(&format!("-{}", random_tail(&mut rng)), "-ID"))
}

/// A question as lines of text.
pub fn asked(question: &Question) -> String {
    match question {
        Question::Form(FormQuestion { title, type_name, reference, only, preset, .. }) => {
            let of = reference.as_ref().map_or_else(|| format!("new {type_name}"), ToString::to_string);
            let preset =
                preset.iter().map(|(n, v)| format!("{n}={}", v.scalars().join("+"))).collect::<Vec<_>>();
            format!("form {title}: {of}\nonly {}\npreset {}", only.join(" "), preset.join(" "))
                .trim()
                .to_owned()
        }
        Question::Pick { title, options, current } => {
            let option = |o: &super::PickOption| {
                let mark = if current.as_deref() == Some(&*o.value) { "*" } else { "" };
                format!("{mark}{} = {} ({})", o.value, o.label, o.detail).replace(" ()", "")
            };
            format!("pick {title}\n{}", options.iter().map(option).collect::<Vec<_>>().join("\n"))
        }
        Question::Many { title, options, chosen } => {
            let values: Vec<_> = options.iter().map(|o| o.value.as_str()).collect();
            format!("many {title}\n{}\nof {}", chosen.join(" "), values.join(" "))
        }
        Question::Path { title, initial, .. } => format!("path {title}: {initial}"),
        Question::Text { title, initial, hint } => format!("text {title}: {initial} ({hint})"),
        Question::Date { title, initial, timed } => {
            let of = if *timed { "moment" } else { "date" };
            format!("{of} {title}: {}", initial.map(|d| d.to_string()).unwrap_or_default())
        }
        Question::Confirm { title, details, yes, verb } => {
            format!("confirm {title} [{yes} {verb}]\n{}", details.join("\n")).trim().to_owned()
        }
    }
}
