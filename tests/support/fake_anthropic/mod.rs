//! A server on the loopback that speaks Anthropic's Messages API.
//!
//! It checks every request as strictly as the API does, and more: a request that breaks a rule is answered 400 and makes
//! the test fail when the server is dropped. It runs on threads of its own and serves any number of connections, so that
//! it works for a model in the same process and for a spawned binary with `ANTHROPIC_BASE_URL`.

use std::io::{BufRead, BufReader, Read};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::time::timeout;

mod check;
mod response;

pub(crate) use check::broken_rules;
pub(crate) use response::{Reply, Response};

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Request {
    /// The only header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(n, _)| n == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "the header `{name}` came twice");
        value
    }

    /// Whether it asks for JSON after a schema, as extraction does and a chat does not.
    pub(crate) fn is_extraction(&self) -> bool {
        self.body.pointer("/output_config/format").is_some()
    }
}

type Responder = dyn Fn(&Request) -> Response + Send + Sync;

struct Shared {
    respond: Box<Responder>,
    requests: Mutex<Vec<Request>>,
    broken_rules: Mutex<Vec<String>>,
    /// Connections that are to be closed as soon as they are accepted.
    refusals: AtomicUsize,
    connections: AtomicUsize,
    departures: watch::Sender<usize>,
    open: Mutex<Vec<TcpStream>>,
    is_over: AtomicBool,
}

/// The server; it stops when it is dropped.
pub(crate) struct FakeAnthropic {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

impl FakeAnthropic {
    /// Answers each request by a function of it.
    pub(crate) fn start(respond: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            respond: Box::new(respond),
            requests: Mutex::default(),
            broken_rules: Mutex::default(),
            refusals: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
            departures: watch::Sender::new(0),
            open: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Self { address, shared, acceptor: Some(acceptor) }
    }

    /// Answers the first request by the first response, and so on; one request more than there are responses breaks a rule.
    pub(crate) fn script(responses: impl IntoIterator<Item = Response>) -> Self {
        let responses: Vec<_> = responses.into_iter().collect();
        let next = AtomicUsize::new(0);
        Self::start(move |_| {
            let index = next.fetch_add(1, Ordering::SeqCst);
            responses.get(index).cloned().unwrap_or_else(Response::unexpected)
        })
    }

    /// Closes the next so many connections as soon as they are accepted.
    pub(crate) fn refusing(self, connections: usize) -> Self {
        self.shared.refusals.store(connections, Ordering::SeqCst);
        self
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What came so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// The only request that came.
    pub(crate) fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "not one request came");
        requests.remove(0)
    }

    /// How many connections were made, refused ones included.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Waits until a client has left in the middle of an answer.
    pub(crate) async fn departure(&self) {
        let mut departures = self.shared.departures.subscribe();
        let departure = departures.wait_for(|departures| *departures > 0);
        let departure = timeout(PATIENCE, departure).await;
        drop(departure.expect("the client holds on to its request").unwrap());
    }

    /// Takes the rules that were broken, so that they do not fail the test.
    pub(crate) fn take_broken_rules(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.broken_rules.lock().unwrap())
    }
}

impl Drop for FakeAnthropic {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        // Wakes the acceptor and whoever waits for a request or a departure; what is closed already cannot be woken.
        drop(TcpStream::connect(self.address));
        for stream in self.shared.open.lock().unwrap().drain(..) {
            drop(stream.shutdown(Shutdown::Both));
        }
        drop(self.acceptor.take().map(JoinHandle::join));
        let broken = self.take_broken_rules();
        assert!(
            broken.is_empty() || thread::panicking(),
            "requests broke the API's rules: {broken:#?}"
        );
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_over.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        shared.connections.fetch_add(1, Ordering::SeqCst);
        let refusals = &shared.refusals;
        if refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
            continue;
        }
        shared.open.lock().unwrap().push(stream.try_clone().unwrap());
        let shared = Arc::clone(shared);
        thread::spawn(move || serve(&stream, &shared));
    }
}

/// Answers requests until the client or an answer closes the connection.
fn serve(stream: &TcpStream, shared: &Shared) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let mut broken = broken_rules(&request);
        let response = if broken.is_empty() {
            (shared.respond)(&request)
        } else {
            Response::error(400, "invalid_request_error", &broken.join("; "))
        };
        shared.requests.lock().unwrap().push(request);
        if response.is_unexpected() {
            broken.push("one request too many".to_owned());
        }
        shared.broken_rules.lock().unwrap().append(&mut broken);
        let mut writer = stream;
        let stays = response.write(&mut writer).unwrap_or(false);
        if response.waits_for_departure() {
            // Reads on until the client hangs up.
            drop(reader.read(&mut [0]));
            shared.departures.send_modify(|departures| *departures += 1);
        }
        if !stays {
            break;
        }
    }
    drop(stream.shutdown(Shutdown::Both));
}

/// Reads one request; none when the client has left.
fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut start = lines.first()?.split(' ');
    let headers: Vec<_> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method: start.next()?.to_owned(),
        path: start.next()?.to_owned(),
        headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    })
}
