//! The pipeline of each deal: one that knows the file's stages, or a new one made of them.

use super::fold::squeezed;
use super::incoming::{Fields, Incoming};
use super::names::Names;
use super::notes::{Level, Notes};
use super::work::Work;
use crate::base::Ref;
use crate::base::slug::slug;
use crate::crm::pipeline::{Pipeline, Pipelines, Stage, StageKind};
use crate::model::schema::{Kind, Options};
use crate::model::{Record, Value, create};
use crate::tr;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use smol_str::SmolStr;

/// A pipeline that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPipeline {
    /// Its name.
    pub name: String,
    /// Its stages in order: name, chance of winning, kind.
    pub stages: Vec<(String, String, SmolStr)>,
}

/// A stage that a pipeline is to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStage {
    /// The pipeline.
    pub pipeline: Ref,
    /// What deals will hold in `stage`.
    pub id: SmolStr,
    /// Its name.
    pub name: String,
    /// The chance of winning, such as `65%`.
    pub chance: String,
    /// The name of the stage before it, if there is one.
    pub after: Option<String>,
}

/// What the file's stages need.
#[derive(Debug, Clone, Default)]
pub struct Additions {
    /// Pipelines made of them.
    pub pipelines: Vec<NewPipeline>,
    /// Stages for pipelines that know the others.
    pub stages: Vec<NewStage>,
}

/// Looks every row's stage up, after its pipeline is found, given what it lacks, or made.
pub fn settle(work: &mut Work<'_>, rows: &mut [Incoming], notes: &mut Notes) -> Additions {
    let ty = work.request.ty;
    let from_lines = |kind: &Kind| matches!(kind, Kind::Choice(Options::From { link, lines }) if link == "pipeline" && lines == "stages");
    if !ty.fields.iter().any(|f| f.name == "stage" && from_lines(&f.kind)) {
        return Additions::default();
    }
    // The stages by the pipeline the rows name, in the order they come up.
    let mut named: IndexMap<String, Vec<String>> = IndexMap::new();
    for row in rows.iter_mut().filter(|row| row.comes()) {
        let last = decide(row, notes);
        let stages = named.entry(pipeline_of(row).to_owned()).or_default();
        for stage in last.iter().chain(&row.stage) {
            if !stages.contains(stage) {
                stages.push(stage.clone());
            }
        }
    }
    let mut additions = Additions::default();
    let mut chosen: IndexMap<String, Pipeline> = IndexMap::new();
    for (name, stages) in named {
        let pipeline = match find(work, &name, &stages) {
            Some(found) => Some(found),
            None => extend(work, &name, &stages, &mut additions.stages)
                .or_else(|| make(work, &name, &stages, &mut additions.pipelines)),
        };
        if let Some(pipeline) = pipeline {
            chosen.insert(name, pipeline);
        }
    }
    let all = Pipelines::of(&work.book);
    for row in rows.iter_mut().filter(|row| row.comes()) {
        let Some(pipeline) = chosen.get(pipeline_of(row)) else { continue };
        // A deal that is there stays in its pipeline as long as that knows the stage.
        let own = row.existing.as_ref().and_then(|deal| all.of_deal(deal));
        let said = row.stage.clone();
        let in_own = own.filter(|own| said.as_ref().is_none_or(|said| stage(own, said).is_some()));
        let pipeline = in_own.unwrap_or(pipeline);
        let found = match &said {
            Some(said) => stage(pipeline, said),
            None if row.existing.is_some() => None,
            None => pipeline.stages.first().cloned(),
        };
        row.links.retain(|link| link.field != "pipeline");
        row.put("pipeline", Value::text(pipeline.reference.id.as_str()));
        if let Some(found) = found {
            if let Some(said) =
                said.filter(|said| squeezed(said) != squeezed(&found.name) && *said != found.id)
            {
                let text = tr!("stage '{text}' is taken for {name}", text = said, name = found.name);
                notes.row(Level::Rule, "word", text, row.line);
            }
            row.put("stage", Value::Text(found.id.clone()));
        }
    }
    additions
}

/// A deal whose status says that it is won or lost stands there, not in the stage it was in last, which is returned.
fn decide(row: &mut Incoming, notes: &mut Notes) -> Option<String> {
    let (said, kind) = row.outcome.take().filter(|(_, kind)| kind != "open")?;
    let of_kind = |stage: &str| Names::get().stage(stage).is_some_and(|(_, known)| known.kind == kind);
    if row.stage.as_deref().is_some_and(of_kind) {
        return None;
    }
    let text = tr!(
        "the status decides: '{said}' deals stand there, not in the stage they were in last",
        said = said
    );
    notes.row(Level::Rule, "outcome", text, row.line);
    // That is when it entered the stage before.
    row.fields.retain(|(name, _)| name != "stage_since");
    row.stage.replace(said)
}

fn pipeline_of(row: &Incoming) -> &str {
    row.links.iter().find(|link| link.field == "pipeline").map_or("", |link| link.text.as_str())
}

/// The pipeline of that name, or the first of all, the default one before others, that knows every stage.
fn find(work: &mut Work<'_>, name: &str, stages: &[String]) -> Option<Pipeline> {
    let knows = |pipeline: &Pipeline| stages.iter().all(|said| stage(pipeline, said).is_some());
    candidates(work, name).into_iter().find(knows)
}

/// The pipeline of that name; without one those that take deals, the default one before others.
fn candidates(work: &mut Work<'_>, name: &str) -> Vec<Pipeline> {
    let pipelines = Pipelines::of(&work.book);
    if name.is_empty() {
        let usable = pipelines.default().into_iter().chain(pipelines.all().iter().filter(|p| p.active));
        return usable.cloned().collect();
    }
    let field = work.request.ty.field("pipeline");
    let found = field.and_then(|field| work.links.only(&work.book, field, name));
    found.and_then(|found| pipelines.get(found.id.as_str()).cloned()).into_iter().collect()
}

/// Gives the pipeline that knows all stages but one that one as well: the file comes from where that pipeline does. Won
/// and lost, which every pipeline has, say nothing about that, so an open stage that it knows has to be among them.
fn extend(work: &mut Work<'_>, name: &str, stages: &[String], added: &mut Vec<NewStage>) -> Option<Pipeline> {
    let lacks_one = |pipeline: &Pipeline| {
        let open = stages.iter().filter_map(|said| stage(pipeline, said)).filter(|stage| stage.is_open());
        let unknown = stages.iter().filter(|said| stage(pipeline, said).is_none()).count();
        // Of a pipeline that the rows do not name, more has to be known than not.
        unknown == 1 && open.count() > usize::from(name.is_empty())
    };
    let pipeline = candidates(work, name).into_iter().find(lacks_one)?;
    let said = stages.iter().find(|said| stage(&pipeline, said).is_none())?;
    let names = Names::get();
    let usual = names.stage(said);
    if usual.is_some_and(|(_, known)| known.kind != "open") {
        return None;
    }
    let stands_before = |other: &Stage| match (usual, names.stage(&other.name)) {
        (Some((rank, _)), Some((own, _))) => own <= rank,
        _ => true,
    };
    // Behind the last open stage that usually comes before it.
    let place = pipeline.stages.iter().rposition(|s| s.is_open() && stands_before(s)).map_or(0, |at| at + 1);
    let chance = |at: Option<usize>| at.and_then(|at| pipeline.stages.get(at)).map(|stage| stage.probability);
    let before = chance(place.checked_sub(1)).unwrap_or_default();
    let after = chance(Some(place)).filter(|chance| *chance > before).unwrap_or(Decimal::ONE_HUNDRED);
    // Halfway, to the nearest five.
    let chance = format!("{}%", ((before + after) / Decimal::TEN).round() * Decimal::from(5));
    let own = slug(said).map_or_else(|| "stage".to_owned(), |id| id.to_string());
    let numbered = (2..).map(|number| format!("{own}-{number}"));
    let id = std::iter::once(own.clone()).chain(numbered).find(|id| pipeline.stage(id).is_none())?;
    let mut record = Record::clone(work.book.get(&pipeline.reference)?);
    let mut lines = record.get("stages").items().to_vec();
    let category = if before >= Decimal::from(50) { "best_case" } else { "pipeline" };
    lines.insert(place.min(lines.len()), line(&id, said, &chance, category, "open"));
    let fields = record.fields.to_vec().into_iter().map(|(name, value)| match name.as_str() {
        "stages" => (name, Value::List(lines.clone().into())),
        _ => (name, value),
    });
    record.fields = fields.collect::<Fields>().into();
    work.book.upsert(record.clone());
    added.push(NewStage {
        pipeline: pipeline.reference.clone(),
        id: id.into(),
        name: said.clone(),
        chance,
        after: place
            .checked_sub(1)
            .and_then(|at| pipeline.stages.get(at))
            .map(|stage| stage.name.to_string()),
    });
    Some(Pipeline::read(&work.book, &record))
}

fn line(id: &str, name: &str, chance: &str, forecast: &str, kind: &str) -> Value {
    let parts = [
        ("id", id),
        ("name", name),
        ("probability", chance),
        ("forecast_category", forecast),
        ("kind", kind),
    ];
    Value::Map(parts.into_iter().map(|(key, text)| (key.into(), Value::text(text))).collect())
}

/// The stage of that name; `Closed Won` is also the one stage that means won.
fn stage(pipeline: &Pipeline, said: &str) -> Option<std::sync::Arc<Stage>> {
    let same = |stage: &&std::sync::Arc<Stage>| squeezed(&stage.name) == squeezed(said) || stage.id == said;
    if let Some(found) = pipeline.stages.iter().find(same) {
        return Some(found.clone());
    }
    let kind = match Names::get().stage(said)?.1.kind.as_str() {
        "won" => StageKind::Won,
        "lost" => StageKind::Lost,
        _ => return None,
    };
    let mut of_kind = pipeline.of_kind(kind);
    of_kind.next().filter(|_| of_kind.next().is_none()).cloned()
}

/// Makes a pipeline of the stages a file names; none where it names none.
fn make(work: &mut Work<'_>, name: &str, stages: &[String], made: &mut Vec<NewPipeline>) -> Option<Pipeline> {
    let ty = work.request.book.schema().find("pipeline").cloned()?;
    if stages.is_empty() {
        return None;
    }
    let pipelines = Pipelines::of(&work.book);
    let own = if name.is_empty() { title_of_file(work.request.file) } else { name.to_owned() };
    let taken = |name: &String| pipelines.all().iter().any(|p| squeezed(&p.name) == squeezed(name));
    let numbered = (2..).map(|number| format!("{own} {number}"));
    let name = std::iter::once(own.clone()).chain(numbered).find(|name| !taken(name))?;
    let ordered = in_order(stages);
    let lines = ordered.iter().map(|(id, name, chance, kind)| {
        let forecast = match kind.as_str() {
            "won" => "closed",
            "lost" => "omitted",
            _ if *chance >= 50 => "best_case",
            _ => "pipeline",
        };
        line(id, name, &format!("{chance}%"), forecast, kind)
    });
    let mut fields: Fields = vec![("name".into(), Value::text(&name))];
    if !pipelines.all().iter().any(|p| p.default) {
        fields.push(("default".into(), Value::text("true")));
    }
    fields.push(("active".into(), Value::text("true")));
    fields.push((
        "description".into(),
        Value::text(tr!("Made of the stages of {file}", file = work.request.file)),
    ));
    fields.push(("stages".into(), Value::List(lines.collect())));
    let reference = create::new_reference(&work.book, &ty, &fields, work.request.now, &mut work.rng);
    let record: Record = work.make(&ty, reference, fields)?;
    let told =
        ordered.iter().map(|(_, name, chance, kind)| (name.clone(), format!("{chance}%"), kind.clone()));
    made.push(NewPipeline { name, stages: told.collect() });
    Some(Pipeline::read(&work.book, &record))
}

/// Stages in the usual order of sales: id, name, chance in percent, kind. One of no usual name stands behind the one
/// it first came up after; the chances of the open ones are spread evenly, since the file does not say them.
fn in_order(stages: &[String]) -> Vec<(String, String, usize, SmolStr)> {
    let names = Names::get();
    let last = names.stages.iter().position(|s| s.kind != "open").unwrap_or(names.stages.len());
    let mut rank = 0;
    let mut ranked: Vec<(usize, &String, SmolStr)> = Vec::new();
    for stage in stages {
        let kind = match names.stage(stage) {
            Some((at, known)) => {
                rank = at;
                known.kind.clone()
            }
            None => {
                rank = rank.min(last - 1);
                SmolStr::new_static("open")
            }
        };
        ranked.push((rank, stage, kind));
    }
    ranked.sort_by_key(|(rank, ..)| *rank);
    let open = ranked.iter().filter(|(.., kind)| kind == "open").count();
    let (mut passed, mut ids) = (0, Vec::<String>::new());
    let mut ordered = Vec::new();
    for (_, name, kind) in ranked {
        let chance = match kind.as_str() {
            "won" => 100,
            "lost" => 0,
            _ => {
                passed += 1;
                // To the nearest five, from far below a half to nearly won.
                (90 * passed * 2 + 5 * (open + 1)) / (10 * (open + 1)) * 5
            }
        };
        let own = slug(name).map_or_else(|| format!("stage-{}", ordered.len() + 1), |id| id.to_string());
        let numbered = (2..).map(|number| format!("{own}-{number}"));
        let Some(id) = std::iter::once(own.clone()).chain(numbered).find(|id| !ids.contains(id)) else {
            continue;
        };
        ids.push(id.clone());
        ordered.push((id, name.clone(), chance, kind));
    }
    ordered
}

/// `sales_pipeline.csv` is "Sales pipeline".
fn title_of_file(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = super::cell::clean(&stem.replace(['_', '-'], " "));
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => tr!("Imported").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stages: &[&str], expect: &str) {
        let stages: Vec<String> = stages.iter().map(|s| (*s).to_owned()).collect();
        let told: Vec<String> = in_order(&stages)
            .into_iter()
            .map(|(id, _, chance, kind)| format!("{id} {chance} {kind}"))
            .collect();
        assert_eq!(told.join(", "), expect);
    }

    #[test]
    fn stages_stand_in_the_order_of_sales() {
        check(
            &["Won", "Engaging", "Lost", "Prospecting"],
            "prospecting 30 open, engaging 60 open, won 100 won, lost 0 lost",
        );
        check(
            &["closedwon", "appointmentscheduled", "qualifiedtobuy", "contractsent", "closedlost"],
            "appointmentscheduled 25 open, qualifiedtobuy 45 open, contractsent 70 open, closedwon 100 won, closedlost 0 lost",
        );
        check(&["Tasting", "Won"], "tasting 45 open, won 100 won");
        check(&["Lost", "Tasting"], "tasting 45 open, lost 0 lost");
        check(&["黒", "!", "Won!"], "hei 30 open, stage-2 60 open, won 100 won");
    }

    #[test]
    fn a_file_names_its_pipeline() {
        assert_eq!(title_of_file("sales_pipeline.csv"), "Sales pipeline");
        assert_eq!(title_of_file("Deals 2026.tsv"), "Deals 2026");
        assert_eq!(title_of_file(".csv"), "Imported");
    }
}
