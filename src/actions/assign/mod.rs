//! What people type after a record: `stage=proposal tags+=pilot next_step=`, as field edits.
//!
//! | word | what it does |
//! |---|---|
//! | `field=value` | sets a field; the value as people type it: `12.5k`, `next fri`, `me` |
//! | `field=` | empties it |
//! | `tags+=a,b`, `tags-=a` | adds to a list, takes out of it |
//! | `billing_address.city=Kiel` | sets a part of an address |
//! | `lines.k7f3.quantity=3`, `lines.k7f3=` | sets a value of a line, takes the line out |
//! | `lines+=product:p-100,quantity:2` | adds a line |

mod assignment;
mod field;
mod lines;

use super::Context;
use super::records::start::start;
use crate::base::Ref;
use crate::model::edit::edited;
use crate::model::kinds::Entry;
use crate::model::near::nearest;
use crate::model::schema::Options;
use crate::model::{EditOp, FieldDef, FieldEdit, FieldPath, Fields, Kind, Scope, TypeDef};
use crate::tr;
use smol_str::SmolStr;

/// Fields and what is to become of them: [`super::Input::fields`].
pub type Edits = Vec<(FieldPath, EditOp)>;

/// How an assignment is written.
pub const HOW: &str = "write field=value, field= to empty it, field+=tag or field-=tag";

/// Why a word can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssignError {
    /// It is no assignment at all.
    #[error("'{0}' is no change: {how}", how = HOW)]
    NoAssignment(String),
    /// No such field of a type.
    #[error("{message}{}", meant(near.as_ref(), &[]))]
    NoField {
        /// What there is not.
        message: String,
        /// The type.
        ty: SmolStr,
        /// What was probably meant.
        near: Option<String>,
    },
    /// No such part of an address or line, or no such line.
    #[error("{message}{}", meant(near.as_ref(), known))]
    Unknown {
        /// What there is not.
        message: String,
        /// What was probably meant.
        near: Option<String>,
        /// What there is.
        known: Vec<String>,
    },
    /// The value does not read as the field's kind, or the field takes none.
    #[error("{field}: {message}")]
    BadValue {
        /// The field.
        field: String,
        /// Why not, and what would be.
        message: String,
    },
    /// The same words mean different things for two records.
    #[error("the values mean one thing for {first} and another for {second}: set them one by one")]
    Ambiguous {
        /// A record.
        first: Ref,
        /// Another.
        second: Ref,
    },
}

fn meant(near: Option<&String>, known: &[String]) -> String {
    match near {
        Some(near) => format!(": did you mean '{near}'?"),
        None if known.is_empty() => String::new(),
        None => format!(" (known: {})", known.join(", ")),
    }
}

/// What the words make of a new record of the type, on top of what it starts with.
///
/// # Errors
/// For the first word that can't be taken.
pub fn for_new<W: AsRef<str>>(
    context: &Context<'_>,
    ty: &TypeDef,
    words: &[W],
) -> Result<Edits, AssignError> {
    read(context, ty, &start(context, ty).into(), words)
}

/// What the words make of every target. They have to mean the same for all.
///
/// # Errors
/// For the first word that can't be taken.
pub fn for_targets<W: AsRef<str>>(context: &Context<'_>, words: &[W]) -> Result<Edits, AssignError> {
    let book = context.book;
    let mut found: Option<(Ref, Edits)> = None;
    for target in context.targets() {
        let (Some(ty), Some(record)) = (book.schema().in_folder(&target.folder), book.get(&target)) else {
            continue;
        };
        let edits = read(context, ty, &record.fields, words)?;
        match &found {
            Some((first, earlier)) if *earlier != edits => {
                return Err(AssignError::Ambiguous { first: first.clone(), second: target });
            }
            Some(_) => {}
            None => found = Some((target, edits)),
        }
    }
    Ok(found.map(|(_, edits)| edits).unwrap_or_default())
}

fn read<W: AsRef<str>>(
    context: &Context<'_>,
    ty: &TypeDef,
    fields: &Fields,
    words: &[W],
) -> Result<Edits, AssignError> {
    let mut assignments =
        words.iter().map(|w| assignment::split(w.as_ref())).collect::<Result<Vec<_>, _>>()?;
    // What a stage may be depends on the pipeline, whichever is written first.
    assignments.sort_by_key(|word| depends(ty, word.name));
    let entry = Entry { me: context.me, now: context.now };
    // The same seed for every record, so that a line added to all of them has one id.
    let mut rng = context.rng();
    let mut state = fields.to_vec();
    let mut edits = Edits::new();
    for assignment in assignments {
        let scope = Scope { book: context.book, ty, fields: (&state).into() };
        let new = field::edits(&scope, &assignment, entry, &mut rng)?;
        let made: Vec<_> =
            new.iter().map(|(path, op)| FieldEdit { path: path.clone(), op: op.clone() }).collect();
        state = edited(&state, &made);
        edits.extend(new);
    }
    Ok(edits)
}

/// Whether what the field may hold follows from another field.
fn depends(ty: &TypeDef, name: &str) -> bool {
    ty.field(&name.to_lowercase())
        .is_some_and(|field| matches!(field.kind, Kind::Choice(Options::From { .. })))
}

fn unknown(message: String, word: &str, known: Vec<String>) -> AssignError {
    let near = nearest(word, known.iter().map(String::as_str)).map(str::to_owned);
    AssignError::Unknown { message, near, known }
}

fn bad(field: impl ToString, message: impl ToString) -> AssignError {
    AssignError::BadValue { field: field.to_string(), message: message.to_string() }
}

fn no_field(ty: &TypeDef, name: &str) -> AssignError {
    let near = nearest(name, ty.fields.iter().map(|f| f.name.as_str())).map(str::to_owned);
    AssignError::NoField { message: lacks(&ty.name, name), ty: ty.name.clone(), near }
}

fn no_part(of: &FieldDef, name: &str, known: Vec<String>) -> AssignError {
    unknown(lacks(&of.name, name), name, known)
}

fn lacks(of: &str, name: &str) -> String {
    tr!("{of} has no field '{name}'", of = of, name = name).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::testing::scene;
    use crate::model::Value;

    fn told(result: Result<Edits, AssignError>) -> String {
        let op = |op: &EditOp| match op {
            EditOp::Put(value) => format!("= {}", text(value)),
            EditOp::Clear => "cleared".to_owned(),
            EditOp::Add(value) => format!("+ {}", text(value)),
            EditOp::Take(value) => format!("- {}", text(value)),
        };
        match result {
            Ok(edits) => edits.iter().map(|(p, o)| format!("{p} {}", op(o))).collect::<Vec<_>>().join("; "),
            Err(error) => error.to_string(),
        }
    }

    fn text(value: &Value) -> String {
        match value {
            Value::Map(entries) => {
                entries.iter().map(|(n, v)| format!("{n}:{}", v.as_str())).collect::<Vec<_>>().join(" ")
            }
            other => other.scalars().join("|"),
        }
    }

    /// What words make of a record.
    fn check(record: &str, words: &[&str], expect: &str) {
        let scene = scene(&format!("home @{record}"));
        assert_eq!(told(for_targets(&scene.context(), words)), expect, "{record} {words:?}");
    }

    #[test]
    fn values_as_people_type_them() {
        check("opportunities/pumps", &["amount=12.5k"], "amount = 12500.00 EUR");
        check("opportunities/pumps", &["close_date=next fri"], "close_date = 2026-11-27");
        check("opportunities/pumps", &["owner=me"], "owner = lena");
        check("opportunities/pumps", &["Stage=Negotiation"], "stage = talks");
        check(
            "opportunities/pumps",
            &["close-date=2026-12-24", "next_step=demo"],
            "close_date = 2026-12-24; next_step = demo",
        );
        check("opportunities/pumps", &["next_step="], "next_step cleared");
        check("opportunities/pumps", &["next_step=a=b"], "next_step = a=b");
        check("opportunities/pumps", &["Primary contact=tom-reuter"], "contact = tom-reuter");
    }

    #[test]
    fn lists() {
        check("accounts/acme", &["tags+=a, b"], "tags + a; tags + b");
        check("accounts/acme", &["tags-=pilot"], "tags - pilot");
        check("accounts/acme", &["tags=x,y"], "tags = x|y");
        check("opportunities/pumps", &["contacts-=Marta Lind"], "contacts - marta-lind");
        check("opportunities/pumps", &["contacts+=nobody"], "contacts: there is no contact 'nobody'");
        check("accounts/acme", &["name+=x"], "name: holds one value: write name=x");
    }

    #[test]
    fn a_dangling_link_can_be_taken_out() {
        let broken = "name: B\naccount: acme\npipeline: direct\nstage: talks\ncontacts: [gone]\n";
        let scene = scene("home @opportunities/b").with("opportunities/b.yaml", broken);
        assert_eq!(told(for_targets(&scene.context(), &["contacts-=gone"])), "contacts - gone");
    }

    #[test]
    fn parts_of_addresses() {
        check("accounts/acme", &["billing_address.city=Kiel"], "billing_address.city = Kiel");
        check("accounts/acme", &["billing_address.city="], "billing_address.city cleared");
        check("accounts/acme", &["billing_address="], "billing_address cleared");
        check(
            "accounts/acme",
            &["billing_address.town=Kiel"],
            "billing_address has no field 'town' (known: street, postal_code, city, state, country)",
        );
        check(
            "accounts/acme",
            &["billing_address=Kiel"],
            "billing_address: billing_address is an address: set its parts, such as billing_address.city=Kiel",
        );
    }

    #[test]
    fn lines_and_their_values() {
        check("opportunities/pumps", &["lines.a1b2.quantity=1.5"], "lines.a1b2.quantity = 1.5");
        check("opportunities/pumps", &["lines.a1b2.discount="], "lines.a1b2.discount cleared");
        check("opportunities/pumps", &["lines.a1b2="], "lines.a1b2 cleared");
        check("opportunities/pumps", &["lines-=a1b2"], "lines.a1b2 cleared");
        check("opportunities/pumps", &["lines.zzzz.quantity=1"], "lines has no line 'zzzz' (known: a1b2)");
        check(
            "opportunities/pumps",
            &["lines.a1b2.quantty=1"],
            "lines has no field 'quantty': did you mean 'quantity'?",
        );
        let tail = crate::base::slug::random_tail(&mut scene("home").context().rng());
        check(
            "opportunities/pumps",
            &["lines+=product:p-100, description: long, and thin, unit_price:12 EUR"],
            &format!(
                "lines + id:{tail} product:p-100 description:long, and thin quantity:1 unit_price:12.00 EUR"
            ),
        );
        check(
            "opportunities/pumps",
            &["lines+=p-100"],
            "lines: write a new line as field:value,field:value, such as lines+=product:…",
        );
    }

    #[test]
    fn stages_follow_the_pipeline_whichever_comes_first() {
        let expect = "pipeline = renewals; stage = upcoming";
        check("opportunities/pumps", &["pipeline=renewals", "stage=upcoming"], expect);
        check("opportunities/pumps", &["stage=upcoming", "pipeline=renewals"], expect);
        check(
            "opportunities/pumps",
            &["stage=upcoming"],
            "stage: unknown stage 'upcoming' (known: proposal, talks, won, lost)",
        );
    }

    #[test]
    fn mistakes_are_answered_with_what_was_meant() {
        check(
            "opportunities/pumps",
            &["stage=propsal"],
            "stage: unknown stage 'propsal': did you mean 'proposal'?",
        );
        check("opportunities/pumps", &["stag=won"], "opportunity has no field 'stag': did you mean 'stage'?");
        check("opportunities/pumps", &["colour=red"], "opportunity has no field 'colour'");
        check(
            "opportunities/pumps",
            &["won"],
            "'won' is no change: write field=value, field= to empty it, field+=tag or field-=tag",
        );
        check("opportunities/pumps", &["name.x=1"], "name: has no parts: write name=1");
        check(
            "opportunities/pumps",
            &["stage_since=today"],
            "stage_since: is kept by Kontor: the file can be edited by hand",
        );
    }

    #[test]
    fn unknown_fields_that_are_there_can_be_changed() {
        let odd = scene("home @accounts/odd").with("accounts/odd.yaml", "name: O\nold_id: 007\n");
        assert_eq!(told(for_targets(&odd.context(), &["old_id=008"])), "old_id = 008");
        assert_eq!(told(for_targets(&odd.context(), &["old_id="])), "old_id cleared");
    }

    #[test]
    fn new_records_know_what_they_start_with() {
        let scene = scene("home");
        let ty = scene.context().book.schema().find("deal").unwrap().clone();
        let told = |words: &[&str]| told(for_new(&scene.context(), &ty, words));
        assert_eq!(told(&["name=X", "stage=Negotiation"]), "name = X; stage = talks");
        assert_eq!(
            told(&["stage=churned"]),
            "stage: unknown stage 'churned' (known: proposal, talks, won, lost)"
        );
    }

    #[test]
    fn several_records_must_agree() {
        let both = scene("home *opportunities/pumps *opportunities/care");
        assert_eq!(told(for_targets(&both.context(), &["stage=talks"])), "stage = talks");
        assert_eq!(
            told(for_targets(&both.context(), &["stage=upcoming"])),
            "stage: unknown stage 'upcoming' (known: proposal, talks, won, lost)"
        );
        let types = scene("home *accounts/acme *contacts/tom-reuter");
        assert_eq!(told(for_targets(&types.context(), &["owner=jonas"])), "owner = jonas");
    }

    #[test]
    fn a_line_is_added_to_the_file() {
        let tail = crate::base::slug::random_tail(&mut scene("home").context().rng());
        let scene = scene("home @opportunities/pumps");
        let words = ["lines+=product:p-100,quantity:2", "lines.a1b2.quantity=4"];
        let fields = for_targets(&scene.context(), &words).unwrap();
        scene.told(fields).check(
            &crate::actions::records::set::ACTION,
            &format!(
                "opportunities/pumps: lines.a1b2.quantity, lines.{tail}
                 in opportunities/pumps.yaml
                 - - {{id: a1b2, product: p-100, quantity: 3}}
                 + - {{id: a1b2, product: p-100, quantity: 4}}
                 + - id: {tail}
                 +   product: p-100
                 +   quantity: 2"
            ),
        );
    }
}
