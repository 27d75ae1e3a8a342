//! What can go wrong with a call, by what a caller does about it.

/// Why a model gave no reply. Messages name the provider, the status and the request id where there is one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No credentials: nothing was sent.
    #[error("no credentials: {what}")]
    NoCredentials {
        /// Which variable is missing.
        what: &'static str,
    },
    /// The provider does not accept the credentials (401, or a 403 that says so).
    #[error("the API key was refused: {message}{}", id(request_id.as_deref()))]
    Credentials {
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// The account may not spend more (402, or a 400, 403 or 429 that says so).
    #[error("the account's spending limit is reached: {message}{}", id(request_id.as_deref()))]
    Spending {
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// There is no such model (a 404 that says so).
    #[error("there is no model `{model}`: {message}{}", id(request_id.as_deref()))]
    UnknownModel {
        /// The id that was asked for.
        model: String,
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// The prompt is longer than the model's context window, or the request than the provider takes (413).
    #[error("the conversation is too long for the model: {message}{}", id(request_id.as_deref()))]
    TooLong {
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// The provider does not take the request (a redirect, or any other 4xx).
    #[error("the request was refused with status {status}: {message}{}", id(request_id.as_deref()))]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// Busy or broken (408, 409, 429, 5xx, 529), also after the retries. An error event inside a stream has the status
    /// that its type stands for.
    #[error("the service answered with status {status}: {message}{}", id(request_id.as_deref()))]
    Unavailable {
        /// The HTTP status.
        status: u16,
        /// What the provider says; of an HTML page its title.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// Could not be reached: no network, no such host, no answer in time, no sign of life in the middle of a reply.
    #[error("cannot reach `{url}`: {message}")]
    Unreachable {
        /// The base URL.
        url: String,
        /// What went wrong, innermost cause last.
        message: String,
    },
    /// What came back is not what the API answers: HTML, malformed JSON.
    #[error("the answer is not the API's: {message}{}", id(request_id.as_deref()))]
    Malformed {
        /// What is wrong with it, with its first characters.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// The stream ended before the reply did.
    #[error("the reply broke off before its end{}", id(request_id.as_deref()))]
    CutOff {
        /// The provider's id of the call.
        request_id: Option<String>,
    },
}

impl Error {
    /// Says whether the same call may well succeed a little later. A provider has by then tried it several times itself.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Error::Unavailable { .. } | Error::Unreachable { .. } | Error::CutOff { .. })
    }

    /// Says what a person can do about it, on one line.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Error::NoCredentials { .. } => {
                "set the variable in the environment or in `.env`, or use `--provider offline`, which needs none"
            }
            Error::Credentials { .. } => {
                "check `ANTHROPIC_API_KEY` in the environment or in `.env` against the API keys page of the provider's \
                 console; `acquaint doctor` tests it"
            }
            Error::Spending { .. } => {
                "raise the limit or add credit on the billing page of the provider's console; trying again does not help"
            }
            Error::UnknownModel { .. } => {
                "choose another with `--model` or `--extraction-model` (`ACQUAINT_MODEL`, `ACQUAINT_EXTRACTION_MODEL`); the \
                 provider's models page lists them, and old ones are retired"
            }
            Error::TooLong { .. } => {
                "begin a new session (`/new` in a chat); what was learned is kept"
            }
            Error::Rejected { .. } => {
                "check the model's id and `ANTHROPIC_BASE_URL`; `acquaint doctor` tests both"
            }
            Error::Unavailable { status: 429, .. } => {
                "wait a minute; the limits page of the provider's console shows how much the account may ask"
            }
            Error::Unavailable { .. } => {
                "wait a minute and try again; the provider's status page may say more"
            }
            Error::Unreachable { .. } => {
                "check the network, a proxy (`HTTPS_PROXY`, `NO_PROXY`) and `ANTHROPIC_BASE_URL`; `acquaint doctor` tests the way"
            }
            Error::Malformed { .. } => {
                "something else may answer in the provider's place: check `ANTHROPIC_BASE_URL`, a proxy, or a network that \
                 wants a login"
            }
            Error::CutOff { .. } => {
                "say it again; the network or a proxy on the way closed the connection"
            }
        };
        Some(hint.to_owned())
    }

    /// Rewrites what others put into the error, where it may hold anything: the message and the request id.
    pub(super) fn map_texts(mut self, map: impl Fn(&str) -> String) -> Self {
        let (message, id) = match &mut self {
            Error::Credentials { message, request_id }
            | Error::Spending { message, request_id }
            | Error::UnknownModel { message, request_id, .. }
            | Error::TooLong { message, request_id }
            | Error::Rejected { message, request_id, .. }
            | Error::Unavailable { message, request_id, .. }
            | Error::Malformed { message, request_id } => (Some(message), request_id.as_mut()),
            Error::Unreachable { message, .. } => (Some(message), None),
            Error::CutOff { request_id } => (None, request_id.as_mut()),
            Error::NoCredentials { .. } => (None, None),
        };
        for text in message.into_iter().chain(id) {
            *text = map(text);
        }
        self
    }
}

fn id(request_id: Option<&str>) -> String {
    request_id.map(|id| format!(" (request `{id}`)")).unwrap_or_default()
}
