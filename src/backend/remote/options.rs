//! Which server, with which credential, and how long to wait for it.

use std::time::Duration;

use secrecy::SecretString;

/// How long to wait.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For an answer.
    pub answer: Duration,
    /// For the end of bulk work.
    pub work: Duration,
    /// Between two looks whether something changed.
    pub look: Duration,
    /// For the answer to such a look, which is short: a server that does not give it is
    /// not worth waiting longer for.
    pub sign: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(20),
            work: Duration::from_mins(10),
            look: Duration::from_secs(1),
            sign: Duration::from_secs(3),
        }
    }
}

/// Which server to ask, and as whom.
#[derive(Debug)]
pub struct RemoteOptions {
    /// The backend's name in the configuration.
    pub name: String,
    /// Its address: `https://tokens.example`, with a path where it lies below one.
    pub url: String,
    /// The operator credential.
    pub credential: SecretString,
    /// Certificates to trust beside the platform's, PEM.
    pub ca: Option<Vec<u8>>,
    /// Whether to refuse all that writes.
    pub read_only: bool,
    /// How long to wait.
    pub patience: Patience,
}
