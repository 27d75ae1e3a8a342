//! The HTTP client.

use std::sync::OnceLock;

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};

use super::Limits;
use super::fault::Fault;
use crate::model::{ApiKey, BaseUrl};

/// The version of the API that is spoken; also the newest servers take it.
const API_VERSION: &str = "2023-06-01";

const USER_AGENT: &str = concat!("acquaint/", env!("CARGO_PKG_VERSION"));

/// What the calls of all models of one account share.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) key: ApiKey,
    pub(super) base_url: BaseUrl,
    pub(super) limits: Limits,
    client: OnceLock<Client>,
}

impl Wire {
    pub(super) fn new(key: ApiKey, base_url: BaseUrl, limits: Limits) -> Self {
        Self { key, base_url, limits, client: OnceLock::new() }
    }

    /// Sends a body and waits for the head of the answer.
    pub(super) async fn post(&self, body: String) -> Result<Response, Fault> {
        let request = self
            .client()?
            .post(self.base_url.join("/v1/messages"))
            .header("x-api-key", self.key.reveal())
            .header("anthropic-version", API_VERSION)
            .header(CONTENT_TYPE, "application/json")
            .timeout(self.limits.total)
            .body(body);
        request.send().await.map_err(|error| Fault::unreachable(&self.base_url, &error))
    }

    /// The client, made at the first call: reading the certificates takes some 20 ms, more than a start-up may.
    fn client(&self) -> Result<&Client, Fault> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = self.build().map_err(|error| Fault::unreachable(&self.base_url, &error))?;
        Ok(self.client.get_or_init(|| client))
    }

    fn build(&self) -> reqwest::Result<Client> {
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(self.limits.connect)
            // The API does not redirect, and the key must not follow to wherever something else points.
            .redirect(Policy::none());
        if self.base_url.is_loopback() {
            // A proxy cannot reach this machine's own loopback.
            builder = builder.no_proxy();
            if self.base_url.is_plain_http() {
                builder = builder.tls_certs_only([]);
            }
        }
        builder.build()
    }
}
