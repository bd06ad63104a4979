//! That the check of JSON Schema finds what is wrong with an export.

use serde_json::Value;

use crate::support::schema::{Seen, check, schema};

#[test]
fn the_check_refuses_what_is_wrong() {
    let schema = schema("export");
    let golden: Value = serde_json::from_str(include_str!("../golden/export.json")).unwrap();
    let spoiled: [fn(&mut Value); 9] = [
        |export| export["format"] = 2.into(),
        |export| export["more"] = 1.into(),
        |export| export["sessions"][0]["started"] = "yesterday".into(),
        |export| export["sessions"][0]["kind"] = "rehearsal".into(),
        |export| export["sessions"][0]["outcome"] = "done".into(),
        |export| export["sessions"][0]["roller"]["needle_um"] = "0.13".into(),
        |export| export["sessions"][0]["felt"] = (-1).into(),
        |export| export["sessions"][0]["note"] = Value::Null,
        |export| drop(export["sessions"][0].as_object_mut().unwrap().remove("id")),
    ];
    for spoil in spoiled {
        let mut export = golden.clone();
        spoil(&mut export);
        assert_eq!(check(&schema, &export, &mut Seen::default()).len(), 1, "{export}");
    }
}
