//! What the documents show must work: their examples are read by the code they describe.

use kontor::base::{Id, Now, RepoPath};
use kontor::crm::{Known, rules};
use kontor::model::kinds::Entry;
use kontor::model::schema::Search;
use kontor::model::{Book, Kind, Record, Schema, Scope, Settings, Value, validate};
use kontor::query::{Ground, Query};
use kontor::yaml;

const SCHEMA: &str = include_str!("../docs/schema.md");
const QUERY: &str = include_str!("../docs/query.md");
const VIEWS: &str = include_str!("../docs/views.md");
const FILE_FORMAT: &str = include_str!("../docs/file-format.md");

/// The YAML examples of a document.
fn examples(text: &str) -> impl Iterator<Item = &str> {
    text.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or(rest))
}

/// The examples that name the file they stand for, such as `# schema/press.yaml`.
fn files(text: &str) -> Vec<(RepoPath, String)> {
    let named = |example: &str| {
        let path = example.strip_prefix("# ")?.lines().next()?;
        Some((RepoPath::try_from(path).ok()?, example.to_owned()))
    };
    examples(text).filter_map(named).collect()
}

#[test]
fn example_schemas_load() {
    let files = files(SCHEMA);
    assert_eq!(files.len(), 2);
    let (schema, problems) = Schema::load(&files);
    assert!(problems.is_empty(), "{problems:?}");
    assert!(schema.find("account").unwrap().field("bottles").is_some());
    let press = schema.find("machines").unwrap();
    assert_eq!(press.folder.as_str(), "presses");
    assert_eq!(press.field("serial").unwrap().search, Search::Id);
}

#[test]
fn every_example_is_yaml_that_kontor_reads() {
    let all: Vec<_> = examples(SCHEMA).chain(examples(FILE_FORMAT)).collect();
    assert!(all.len() >= 10, "{}", all.len());
    for example in all {
        if let Err(e) = yaml::parse(example) {
            panic!("{e} in\n{example}");
        }
    }
}

#[test]
fn the_example_view_makes_sense() {
    let files = files(VIEWS);
    let (path, text) = &files[0];
    let fields = Value::from(&yaml::parse(text).unwrap()).entries().to_vec();
    let reference = path.as_str().strip_suffix(".yaml").unwrap().parse().unwrap();
    let record = Record { reference, path: path.clone(), fields: fields.into() };
    let schema = std::sync::Arc::new(Schema::builtin());
    let book = Book::new(schema, std::sync::Arc::new(Settings::default()), vec![record], Vec::new());
    let found = rules::findings(
        &Scope::of(&book, &book.of_type("view")[0]).unwrap(),
        &book.of_type("view")[0].reference,
    );
    assert!(found.is_empty(), "{found:?}");
    // Every field of a view is described.
    for field in &book.schema().find("view").unwrap().fields {
        assert!(VIEWS.contains(&format!("`{}`", field.name)), "{}", field.name);
    }
}

#[test]
fn every_kind_is_described() {
    for kind in Kind::NAMES {
        assert!(SCHEMA.contains(&format!("\n| `{kind}` |")), "{kind}");
    }
}

#[test]
fn the_example_settings_load() {
    let example = examples(FILE_FORMAT).find(|e| e.contains("time_zone:")).unwrap();
    let (settings, problems) = Settings::load(&RepoPath::try_from("kontor.yaml").unwrap(), example);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(settings.name(), "Nordwind Instruments");
    assert_eq!(settings.quiet_seconds(), 30);
}

/// Links of the examples point at records that only a reader imagines; all else must be sound.
#[test]
fn the_example_records_are_sound() {
    let book = Book::empty(Schema::builtin().into(), Settings::default().into());
    let records = [("account", "name: Acme"), ("quote", "unit_price")];
    for (type_name, mark) in records {
        let example = examples(FILE_FORMAT).find(|e| e.contains(mark)).unwrap();
        let root = yaml::parse(example).unwrap();
        let Value::Map(fields) = Value::from(&root) else { panic!("{example}") };
        let ty = book.schema().find(type_name).unwrap();
        let reference = format!("{}/example", ty.folder).parse().unwrap();
        let path = RepoPath::try_from(format!("{}/example.yaml", ty.folder).as_str()).unwrap();
        let record = Record { reference, path, fields: fields.into_vec().into() };
        let scope = Scope::of(&book, &record).unwrap();
        let found = validate::findings(&scope, &record.reference);
        let found: Vec<_> = found.iter().filter(|f| f.code != "dangling-link").collect();
        assert!(found.is_empty(), "{found:?}");
    }
}

/// Every example of a query is run on the sample and finds something, but not everything.
#[test]
fn the_example_queries_find_something() {
    let now = Now::new("2026-11-21T12:30:00Z".parse().unwrap(), chrono_tz::Europe::Berlin);
    let (_folder, workspace) = crate::sample_repo::sample();
    let book = workspace.book();
    let me = Id::new("lena").unwrap();
    let ground = Ground::new(&book, Entry { me: Some(&me), now }).with_facts(Known::of(&book, now));
    let rows: Vec<_> =
        QUERY.split("## Examples").nth(1).unwrap().lines().filter(|l| l.contains("| `")).collect();
    assert!(rows.len() >= 25, "{}", rows.len());
    for row in rows {
        let mut cells = row.trim_matches('|').split(" | ").map(str::trim);
        let (ty, query) = (cells.next().unwrap().trim_start_matches("| "), cells.next().unwrap());
        let ty = book.schema().find(ty);
        let query = query.trim_matches('`');
        let read = Query::read(query, ty, &ground).unwrap_or_else(|e| panic!("{query}: {e}"));
        let found = read.run(&book).len();
        let all = ty.map_or(book.len(), |ty| book.of(&ty.folder).len());
        assert!(found > 0 && found < all, "{query} finds {found} of {all}");
        assert!(read.explain(&book).len() > 1, "{query}");
    }
}

#[test]
fn every_kind_has_its_place_in_the_table_of_operators() {
    let table = QUERY.split("## Values and operators").nth(1).unwrap();
    let kinds: Vec<&str> = table.lines().filter_map(|l| l.strip_prefix("| ")?.split(" | ").next()).collect();
    let named: Vec<&str> = kinds.iter().flat_map(|cell| cell.split(", ")).collect();
    for kind in Kind::NAMES.iter().filter(|kind| **kind != "lines") {
        assert!(named.contains(kind), "{kind}");
    }
}
