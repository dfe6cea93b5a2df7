//! The SHA-256 of a file that is read piece by piece, so that a large one never lies in memory. Runs in the report worker.

use sha2::{Digest, Sha256};

/// The SHA-256 of some pieces, one after the other, as 64 hexadecimal digits.
///
/// # Errors
/// The first error of a piece.
pub fn digest<E>(pieces: impl Iterator<Item = Result<Vec<u8>, E>>) -> Result<String, E> {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update(piece?);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_is_that_of_the_whole_however_it_is_cut() {
        // The second example of FIPS 180-2, and the empty message.
        let text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".as_bytes();
        let expected = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
        for size in [1, 7, 56, 4096] {
            let pieces = text.chunks(size).map(|piece| Ok::<_, ()>(piece.to_vec()));
            assert_eq!(digest(pieces).as_deref(), Ok(expected));
        }
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest(std::iter::empty::<Result<_, ()>>()).as_deref(), Ok(empty));
        assert_eq!(digest([Ok(vec![1]), Err("unreadable")].into_iter()), Err("unreadable"));
    }
}
