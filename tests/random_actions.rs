//! Whatever actions come to on the sample can be made, and git agrees with all of it.

use kontor::actions::{self, Action, Context, Group, Input, Outcome, Place, Question};
use kontor::base::{FixedClock, Ref};
use kontor::git::Environment;
use kontor::model::kinds::choices;
use kontor::model::resolve::spell_link;
use kontor::model::{Book, EditOp, FieldDef, FieldPath, Kind, Scope, Severity, Value};
use kontor::workspace::{self, ChangeError, Workspace};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Answers that an action may need, one after the other.
const MOST_QUESTIONS: usize = 4;

/// The groups whose actions change records.
const CHANGING: [Group; 5] = [Group::Records, Group::Deals, Group::Cases, Group::Activities, Group::History];

/// Those in them that do not.
const NOT_CHANGING: [&str; 11] = [
    "import",
    "import-now",
    "mend",
    "take-back",
    "editor",
    "copy-reference",
    "copy-value",
    "switch-pipeline",
    "list-stage",
    "history",
    "commit",
];

fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git").args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn open() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    super::sample_repo::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-repo"), folder.path());
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["config", "user.name", "Lena Vogt"]);
    git(folder.path(), &["config", "user.email", "lena.vogt@nordwind.example"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=start"]);
    let clock = Arc::new(FixedClock::new("2026-11-21T13:00:00Z".parse().unwrap()));
    let found = workspace::find(folder.path(), Environment::default()).unwrap();
    (folder, found.open(clock, || {}).unwrap())
}

/// A person who answers every question somehow.
struct Person(fastrand::Rng);

impl Person {
    fn one<'t, T>(&mut self, of: &'t [T]) -> Option<&'t T> {
        if of.is_empty() { None } else { of.get(self.0.usize(..of.len())) }
    }

    /// Runs the action to its end, or to where it says no.
    fn run(&mut self, action: &Action, context: &Context<'_>) -> Option<Outcome> {
        let mut input = Input::default();
        for _ in 0..MOST_QUESTIONS {
            match action.run(context, &input).ok()? {
                Outcome::Ask(question) => self.answer(context, question, &mut input),
                outcome => return Some(outcome),
            }
        }
        panic!("{} never stops asking", action.name)
    }

    fn answer(&mut self, context: &Context<'_>, question: Question, input: &mut Input) {
        match question {
            Question::Confirm { .. } => input.confirmed = true,
            Question::Date { .. } => input.answer = Some(format!("2027-01-{:02}", self.0.u32(1..29))),
            Question::Text { initial, .. } | Question::Path { initial, .. } => {
                input.answer = Some(format!("{initial}-{}", self.0.u32(..1000)))
            }
            Question::Many { options, .. } => input.answer = self.one(&options).map(|o| o.value.clone()),
            Question::Pick { options, .. } => input.answer = self.one(&options).map(|o| o.value.clone()),
            Question::Form(form) => {
                let ty = context.book.schema().find(&form.type_name).unwrap();
                let record = form.reference.as_ref().and_then(|r| context.book.get(r));
                let mut fields = record.map_or(Vec::new(), |r| r.fields.to_vec());
                fields.extend(form.preset);
                let shown = |f: &&FieldDef| form.only.is_empty() || form.only.contains(&f.name);
                let wanted = |f: &&FieldDef| !f.readonly && (f.required || !form.only.is_empty());
                for field in ty.fields.iter().filter(shown).filter(wanted) {
                    let scope = Scope { book: context.book, ty, fields: (&fields).into() };
                    if let Some(value) = self.value(&scope, field) {
                        fields.retain(|(name, _)| *name != field.name);
                        fields.push((field.name.clone(), value.clone()));
                        input.fields.push((FieldPath::field(&field.name), EditOp::Put(value)));
                    }
                }
                if input.fields.is_empty() {
                    input
                        .fields
                        .push((FieldPath::field(&ty.fields[0].name), EditOp::Put(Value::text("same"))));
                }
            }
        }
    }

    /// Something that the field may hold.
    fn value(&mut self, scope: &Scope<'_>, field: &FieldDef) -> Option<Value> {
        let text = match &field.kind {
            Kind::Text | Kind::Longtext => format!("Ünïcode: {} #1", self.0.u32(..10_000)),
            Kind::Integer | Kind::Decimal => "3".into(),
            Kind::Percent => "30%".into(),
            Kind::Money => "1250.00 EUR".into(),
            Kind::Boolean => "true".into(),
            Kind::Date | Kind::Datetime => "2026-12-24".into(),
            Kind::Duration => "1h30m".into(),
            Kind::Email => format!("someone{}@nordwind.example", self.0.u32(..100_000)),
            Kind::Phone => "+49 40 123456".into(),
            Kind::Url => "acme.example".into(),
            Kind::Tags => "no".into(),
            Kind::Choice(_) => self.one(&choices(scope, field))?.value.to_string(),
            Kind::Link(_) | Kind::Links(_) | Kind::User => {
                let schema = scope.book.schema();
                let targets: Vec<_> =
                    schema.targets(field).flat_map(|ty| scope.book.of(&ty.folder)).collect();
                spell_link(schema, field, &self.one(&targets)?.reference).to_string()
            }
            Kind::Address => return Some(Value::map([("city", Value::text("Kiel"))])),
            Kind::Lines(_) => return None,
        };
        Some(if field.is_list() { Value::texts([text]) } else { Value::text(text) })
    }

    /// A situation: somewhere, with the cursor on something, and now and then marks.
    fn situation(&mut self, book: &Book) -> (Place, Ref, Vec<Ref>) {
        // Cases that nobody has answered are few.
        let unanswered = book.of_type("case").iter().find(|case| !case.has("first_response_at"));
        if let (0, Some(case)) = (self.0.u8(..16), unanswered) {
            return (Place::Home, case.reference.clone(), Vec::new());
        }
        let types: Vec<_> =
            book.schema().types().iter().filter(|ty| !book.of(&ty.folder).is_empty()).collect();
        // Deals, cases, leads and activities have most of the actions.
        let often = ["opportunity", "case", "lead", "activity", "account", "contact"];
        let ty = match self.0.bool() {
            true => book.schema().find(self.one(&often).unwrap()).unwrap(),
            false => self.one(&types).unwrap(),
        };
        let records = book.of(&ty.folder);
        let some = |person: &mut Self| person.one(records).map(|r| r.reference.clone()).unwrap();
        let here = some(self);
        let mut marked: Vec<Ref> = match self.0.u8(..4) {
            0 => (0..3).map(|_| some(self)).collect(),
            _ => Vec::new(),
        };
        marked.sort();
        marked.dedup();
        let place = match self.0.u8(..4) {
            0 => Place::Home,
            1 => Place::Record(here.clone()),
            2 if ty.name == "opportunity" => Place::Board(None),
            _ => Place::List(ty.name.clone()),
        };
        (place, here, marked)
    }
}

#[test]
fn whatever_actions_come_to_can_be_made_and_git_agrees() {
    let (folder, mut workspace) = open();
    let me = workspace.me().cloned();
    let mut person = Person(fastrand::Rng::with_seed(7));
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    let mut commits = 1;
    for step in 0..300 {
        let book = workspace.book();
        let (place, here, marked) = person.situation(&book);
        let context = Context {
            book: &book,
            now: workspace.now(),
            me: me.as_ref(),
            place: &place,
            here: Some(&here),
            marked: &marked,
            shown: None,
            seed: step,
        };
        let able = actions::all().iter().filter(|a| CHANGING.contains(&a.group) && a.is_available(&context));
        let able: Vec<_> = able.filter(|a| !NOT_CHANGING.contains(&a.name)).collect();
        // What has been done least comes next, so that everything is done; now and then anything.
        let action = match person.0.bool() {
            true => able.iter().min_by_key(|a| made.get(a.name)).unwrap(),
            false => person.one(&able).unwrap(),
        };
        let result = match person.run(action, &context) {
            Some(Outcome::Change(set, _)) => workspace.apply(&set),
            Some(Outcome::Undo) => workspace.undo(None),
            Some(Outcome::Redo) => workspace.redo(),
            _ => continue,
        };
        match result {
            Ok(applied) => {
                commits += usize::from(applied.commit.is_some());
                *made.entry(action.name).or_default() += 1;
            }
            // A value made at random may break a rule, and there may be nothing to undo: it is said, and nothing
            // has happened.
            Err(ChangeError::Invalid { .. } | ChangeError::Nothing(_) | ChangeError::ChangedSince { .. }) => {
            }
            Err(error) => panic!("{} at {place} on {here} {marked:?}: {error}", action.name),
        }
    }
    workspace.settle_index().unwrap();
    let changing: Vec<_> =
        actions::all().iter().filter(|a| CHANGING.contains(&a.group)).map(|a| a.name).collect();
    let never: Vec<_> = changing
        .into_iter()
        .filter(|name| !NOT_CHANGING.contains(name) && !made.contains_key(name))
        .collect();
    assert!(never.is_empty(), "{never:?} never changed anything: {commits} commits, {made:?}");
    assert_eq!(git(folder.path(), &["rev-list", "--count", "HEAD"]).trim(), commits.to_string());
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
    git(folder.path(), &["fsck", "--strict", "--no-dangling"]);
    let errors: Vec<_> = workspace.check().into_iter().filter(|p| p.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let before: Vec<_> = workspace.book().records().map(|r| r.reference.clone()).collect();
    workspace.reload();
    assert_eq!(workspace.book().len(), before.len(), "the files say what the book says");
}
