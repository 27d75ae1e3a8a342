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
    /// The provider does not accept the credentials (401, 403).
    #[error("the API key was refused: {message}{}", id(request_id.as_deref()))]
    Credentials {
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// The account may not spend more (402, or a 429 or 400 that says so).
    #[error("the account's spending limit is reached: {message}{}", id(request_id.as_deref()))]
    Spending {
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// There is no such model (404).
    #[error("there is no model `{model}`: {message}{}", id(request_id.as_deref()))]
    UnknownModel {
        /// The id that was asked for.
        model: String,
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// The prompt is longer than the model's context window.
    #[error("the conversation is too long for the model: {message}{}", id(request_id.as_deref()))]
    TooLong {
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// The provider does not understand the request (other 4xx).
    #[error("the request was refused with status {status}: {message}{}", id(request_id.as_deref()))]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// What the provider says.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// Busy or broken (429, 5xx, 529), also after the retries.
    #[error("the service answered with status {status}: {message}{}", id(request_id.as_deref()))]
    Unavailable {
        /// The HTTP status.
        status: u16,
        /// What the provider says; of an HTML page its title.
        message: String,
        /// The provider's id of the call.
        request_id: Option<String>,
    },
    /// Could not be reached: no network, no such host, no answer in time.
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

fn id(request_id: Option<&str>) -> String {
    request_id.map(|id| format!(" (request `{id}`)")).unwrap_or_default()
}
