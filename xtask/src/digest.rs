//! Checksums and their spellings: hexadecimal for file names, base64 for the content security policy.

use sha2::{Digest, Sha256, Sha384};

/// SHA-256 over all parts, each preceded by its length so that parts cannot run into one another; 16 digits of it.
pub fn short_hex(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hasher
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The source expression that allows exactly this inline script, as in CSP level 3, section 2.3.1.
pub fn policy_source(script: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(script.as_bytes())))
}

/// The text of an `integrity` attribute that lets only this content be used.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", base64(&Sha384::digest(content)))
}

/// Standard alphabet with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .chain([&0; 2])
            .take(3)
            .fold(0_u32, |group, byte| (group << 8) | u32::from(*byte));
        for place in 0..4_usize {
            let digit = (group >> (18 - 6 * place)) & 63;
            let letter = usize::try_from(digit).ok().and_then(|digit| ALPHABET.get(digit));
            text.push(if place > chunk.len() {
                '='
            } else {
                letter.map_or('=', |letter| char::from(*letter))
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_agrees_with_the_vectors_of_rfc_4648() {
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in pairs {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn empty_script_has_the_published_hash() {
        assert_eq!(
            policy_source(""),
            "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
        );
    }

    #[test]
    fn moving_a_byte_between_parts_changes_the_name() {
        assert_ne!(short_hex(&[b"ab", b"c"]), short_hex(&[b"a", b"bc"]));
    }
}
