//! The fields of a stored object, read by name. By hand rather than by serde's derive, whose code for objects with
//! unknown fields is several times as large.

use serde_json::{Map, Value as Json};

/// The fields of an object. One that is null counts as absent.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Map<String, Json>);

impl<'a> Fields<'a> {
    pub(super) fn flag(self, name: &str) -> Result<Option<bool>, String> {
        self.read(name, "true or false", Json::as_bool)
    }

    pub(super) fn text(self, name: &str) -> Result<Option<&'a str>, String> {
        self.read(name, "a text", Json::as_str)
    }

    /// A text that may be absent, then it is blank.
    pub(super) fn text_or_blank(self, name: &str) -> Result<String, String> {
        Ok(self.text(name)?.unwrap_or_default().to_owned())
    }

    pub(super) fn whole(self, name: &str) -> Result<Option<i64>, String> {
        self.read(name, "a whole number", Json::as_i64)
    }

    pub(super) fn count(self, name: &str) -> Result<Option<u32>, String> {
        self.read(name, "a count", |value| u32::try_from(value.as_u64()?).ok())
    }

    pub(super) fn list(self, name: &str) -> Result<Option<&'a Vec<Json>>, String> {
        self.read(name, "a list", Json::as_array)
    }

    pub(super) fn object(self, name: &str) -> Result<Option<&'a Map<String, Json>>, String> {
        self.read(name, "an object", Json::as_object)
    }

    fn read<T>(
        self,
        name: &str,
        kind: &str,
        understand: impl FnOnce(&'a Json) -> Option<T>,
    ) -> Result<Option<T>, String> {
        match self.0.get(name).filter(|value| !value.is_null()) {
            None => Ok(None),
            Some(value) => match understand(value) {
                Some(value) => Ok(Some(value)),
                None => Err(format!("{name} is not {kind}")),
            },
        }
    }
}

/// What a field holds that can't be absent.
pub(super) fn required<T>(name: &str, value: Option<T>) -> Result<T, String> {
    value.ok_or_else(|| format!("{name} is missing"))
}

/// The object in a JSON text.
///
/// # Errors
/// Says why there is none.
pub(super) fn object_from_text(text: &str) -> Result<Map<String, Json>, String> {
    let value: Json = serde_json::from_str(text).map_err(|error| error.to_string())?;
    // The parser keeps the last of two fields of one name: fewer fields than colons.
    if outside_strings(text).filter(|byte| *byte == b':').count() != n_fields(&value) {
        return Err("a field stands twice".to_owned());
    }
    match value {
        Json::Object(fields) => Ok(fields),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
            Err("it is not an object".to_owned())
        }
    }
}

/// How many fields the objects in a value have, those inside too.
fn n_fields(value: &Json) -> usize {
    match value {
        Json::Object(fields) => fields.len() + fields.values().map(n_fields).sum::<usize>(),
        Json::Array(values) => values.iter().map(n_fields).sum(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 0,
    }
}

/// The bytes of a JSON text that stand outside its strings.
pub(super) fn outside_strings(text: &str) -> impl Iterator<Item = u8> {
    let (mut in_string, mut escaped) = (false, false);
    text.bytes().filter(move |byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ => return !in_string,
        }
        false
    })
}

/// The fields without those of these names.
pub(super) fn without(mut fields: Map<String, Json>, names: &[&str]) -> Map<String, Json> {
    fields.retain(|field, _| !names.contains(&field.as_str()));
    fields
}
