//! The pipeline of each deal: one that knows the file's stages, or a new one made of them.

use super::fold::squeezed;
use super::incoming::{Fields, Incoming};
use super::links::Named;
use super::names::Names;
use super::notes::{Level, Notes};
use super::work::Work;
use crate::base::slug::slug;
use crate::crm::pipeline::{Pipeline, Pipelines, Stage, StageKind};
use crate::model::schema::{Kind, Options};
use crate::model::{Record, Value, create};
use crate::tr;
use indexmap::IndexMap;
use smol_str::SmolStr;

/// A pipeline that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPipeline {
    /// Its name.
    pub name: String,
    /// Its stages in order: name, chance of winning, kind.
    pub stages: Vec<(String, String, SmolStr)>,
}

/// Looks every row's stage up, after its pipeline is found or made.
pub fn settle(work: &mut Work<'_>, rows: &mut [Incoming], notes: &mut Notes) -> Vec<NewPipeline> {
    let ty = work.request.ty;
    let from_lines = |kind: &Kind| matches!(kind, Kind::Choice(Options::From { link, lines }) if link == "pipeline" && lines == "stages");
    if !ty.fields.iter().any(|f| f.name == "stage" && from_lines(&f.kind)) {
        return Vec::new();
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
    let mut made = Vec::new();
    let mut chosen: IndexMap<String, Pipeline> = IndexMap::new();
    for (name, stages) in named {
        let pipeline = match find(work, &name, &stages) {
            Some(found) => Some(found),
            None => make(work, &name, &stages, &mut made),
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
    made
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
    let pipelines = Pipelines::of(&work.book);
    let knows = |pipeline: &&Pipeline| stages.iter().all(|said| stage(pipeline, said).is_some());
    if !name.is_empty() {
        let field = work.request.ty.field("pipeline")?;
        let found = match work.links.find(&work.book, field, name) {
            Named::One(found) | Named::ButForSigns(found) => found,
            Named::Several(_) | Named::Nobody(_) => return None,
        };
        return pipelines.get(found.id.as_str()).filter(knows).cloned();
    }
    let usable = pipelines.default().into_iter().chain(pipelines.all().iter().filter(|p| p.active));
    usable.into_iter().find(knows).cloned()
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
        let parts = [
            ("id", id.as_str()),
            ("name", name),
            ("probability", &format!("{chance}%")),
            ("forecast_category", forecast),
            ("kind", kind),
        ];
        Value::Map(parts.into_iter().map(|(key, text)| (key.into(), Value::text(text))).collect())
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
