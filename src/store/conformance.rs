//! The one suite that every backend runs.
use super::Store;
/// Runs the suite.
pub async fn conformance(_store: std::sync::Arc<dyn Store>) {
    unimplemented!()
}
