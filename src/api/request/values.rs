//! Values of fields, read: names of lenses and scopes, numbers within bounds.

use crate::analysis::Lens;
use crate::api::Error;
use crate::entities::EntityType;
use crate::index::Scope;

/// Most rows that one reply holds.
pub(in crate::api) const MOST_ROWS: usize = 1_000;

/// Reads the name of a lens; `None` is the default.
pub(in crate::api) fn lens(name: Option<&str>) -> Result<Lens, Error> {
    one_of("lens", name, Lens::from_name, &Lens::ALL.map(Lens::name))
}

/// Reads the name of a scope; `None` is the default.
pub(in crate::api) fn scope(name: Option<&str>) -> Result<Scope, Error> {
    one_of(
        "scope",
        name,
        Scope::from_name,
        &Scope::ALL.map(Scope::name),
    )
}

/// Reads the name of an entity type; `None` is every type.
pub(in crate::api) fn entity_type(name: Option<&str>) -> Result<Option<EntityType>, Error> {
    let types = EntityType::ALL;
    let from_name = |name: &str| types.into_iter().find(|kind| kind.name() == name).map(Some);
    one_of("type", name, from_name, &types.map(EntityType::name))
}

pub(in crate::api) fn one_of<T: Default>(
    field: &str,
    name: Option<&str>,
    from_name: impl Fn(&str) -> Option<T>,
    allowed: &[&str],
) -> Result<T, Error> {
    let Some(name) = name else {
        return Ok(T::default());
    };
    from_name(name).ok_or_else(|| Error::BadRequest {
        field: field.to_owned(),
        found: name.to_owned(),
        allowed: allowed.join(", "),
    })
}

pub(in crate::api) fn limit(value: Option<f64>, default: usize) -> Result<usize, Error> {
    number("limit", value, default, 1, MOST_ROWS)
}

/// Reads a size in bytes; files are larger than 32-bit numbers.
pub(in crate::api) fn size(field: &str, value: Option<f64>) -> Result<u64, Error> {
    whole(field, value, 0, 0, 1 << 53)
}

/// A number as JavaScript writes it. What the standard library formats numbers with would
/// be in the module for this alone.
fn written(number: f64) -> String {
    const EXACT: f64 = (1u64 << 53) as f64;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        (number as i64).to_string()
    } else if number.is_finite() {
        serde_json::to_string(&number).unwrap_or_default()
    } else {
        "a number without end, or none".to_owned()
    }
}

/// Reads the number of a file, if there is one.
pub(in crate::api) fn file_number(field: &str, value: Option<f64>) -> Result<Option<u32>, Error> {
    let number = |value| skip(field, Some(value));
    let number = value.map(number).transpose()?;
    Ok(number.and_then(|number| u32::try_from(number).ok()))
}

pub(in crate::api) fn skip(field: &str, value: Option<f64>) -> Result<usize, Error> {
    number(field, value, 0, 0, u32::MAX as usize)
}

/// Reads a number that has bounds of its own.
pub(in crate::api) fn number(
    field: &str,
    value: Option<f64>,
    default: usize,
    least: usize,
    most: usize,
) -> Result<usize, Error> {
    let read = whole(field, value, default as u64, least as u64, most as u64)?;
    Ok(usize::try_from(read).unwrap_or(most))
}

/// JavaScript has one kind of number; only whole ones in range are taken.
fn whole(
    field: &str,
    value: Option<f64>,
    default: u64,
    least: u64,
    most: u64,
) -> Result<u64, Error> {
    let Some(value) = value else {
        return Ok(default);
    };
    let in_range = value.fract() == 0.0 && (least as f64..=most as f64).contains(&value);
    if in_range {
        return Ok(value as u64);
    }
    Err(Error::BadRequest {
        field: field.to_owned(),
        found: written(value),
        allowed: format!("whole numbers from {least} to {most}"),
    })
}
