//! Hashing of passwords with argon2id. Each thread that hashes keeps the memory of its last hash and
//! uses it again, because the allocator would keep much more than one hash needs.

use crate::failure::Failure;
use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::password_hash::{CustomizedPasswordHasher, PasswordHasher, PasswordVerifier, Result as Hashed};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::cell::RefCell;

thread_local! {
    /// The memory in which this thread hashes passwords.
    static MEMORY: RefCell<Vec<Block>> = const { RefCell::new(Vec::new()) };
}

/// Hashes a password with argon2id (19 MiB, two passes). Hashing takes about 16 ms of processor
/// time and blocks the thread.
pub fn hash_password(password: &str) -> Result<String, Failure> {
    let hash = Hasher.hash_password(password.as_bytes());
    hash.map(|hash: PasswordHash| hash.to_string()).map_err(|error| Failure::Broken(error.to_string()))
}

/// Returns whether a typed password matches a stored hash. The hash says with which parameters it was
/// made. Blocks the thread as long as [`hash_password`].
pub(crate) fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Hasher.verify_password(password.as_bytes(), &hash).is_ok())
}

/// Argon2 in the memory that the thread keeps. Comparing hashes is left to [`PasswordVerifier`], which
/// is implemented for every [`CustomizedPasswordHasher`].
struct Hasher;

impl PasswordHasher<PasswordHash> for Hasher {
    fn hash_password_with_salt(&self, password: &[u8], salt: &[u8]) -> Hashed<PasswordHash> {
        self.hash_password_customized(password, salt, None, None, Params::default())
    }
}

impl CustomizedPasswordHasher<PasswordHash> for Hasher {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> Hashed<PasswordHash> {
        let algorithm = algorithm.map(Algorithm::try_from).transpose()?.unwrap_or_default();
        let version = version.map(Version::try_from).transpose()?.unwrap_or_default();
        let stored_params = (&params).try_into()?;
        let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
        MEMORY.with_borrow_mut(|memory| {
            memory.resize(params.block_count(), Block::default());
            Argon2::new(algorithm, version, params).hash_password_into_with_memory(password, salt, &mut output, memory)
        })?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: stored_params,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(&output)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_alone_and_says_how_it_was_made() {
        let hash = hash_password("correct horse").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hash_password("correct horse").unwrap());
        assert!(fits("correct horse", &hash) && !fits("correct house", &hash) && !fits("correct horse", ""));
    }

    #[test]
    fn hashes_of_the_library_itself_and_with_other_parameters_are_understood() {
        let made = |params| Argon2::new(Algorithm::Argon2i, Version::V0x13, params).hash_password(b"secret").unwrap();
        for params in
            [Params::default(), Params::new(64, 1, 1, Some(24)).unwrap(), Params::new(30_000, 1, 2, None).unwrap()]
        {
            let hash = made(params).to_string();
            assert!(fits("secret", &hash) && !fits("Secret", &hash), "{hash}");
            // The memory of a larger hash is used again for a smaller one, and the other way round.
            assert!(fits("other", &hash_password("other").unwrap()));
        }
    }
}
