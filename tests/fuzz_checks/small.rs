//! The small files of the ledger and the later notes: read and shown plainly, or refused in plain words; what is read
//! is written back as the same.

use store::record::{Amendment, FollowUp, OwnedRoller, OwnedSerum};

use super::text::assert_plain;

pub fn run(data: &[u8]) {
    match OwnedRoller::read("blue", data) {
        Ok(roller) => {
            assert_plain(&roller.to_text());
            let again = OwnedRoller::read("blue", roller.to_text().as_bytes()).expect("what was written is read");
            assert_eq!(again.to_text(), roller.to_text());
        }
        Err(why) => assert_plain(&why),
    }
    match OwnedSerum::read("plain", data) {
        Ok(serum) => {
            assert_plain(&serum.to_text());
            let again = OwnedSerum::read("plain", serum.to_text().as_bytes()).expect("what was written is read");
            assert_eq!(again.to_text(), serum.to_text());
        }
        Err(why) => assert_plain(&why),
    }
    match Amendment::read(data) {
        Ok(one) => {
            assert_plain(&one.to_text());
            let again = Amendment::read(one.to_text().as_bytes()).expect("what was written is read");
            assert_eq!(again.to_text(), one.to_text());
        }
        Err(why) => assert_plain(&why),
    }
    if let Err(why) = FollowUp::read(data) {
        assert_plain(&why);
    }
}
