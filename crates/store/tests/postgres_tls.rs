//! Tests of encrypted connections to PostgreSQL. A proxy before the server of the tests speaks TLS with certificates that
//! each test makes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{DatabaseLocation, Error, Store, throttles};
use tempfile::TempDir;
use testkit::engine::{Engine, cluster};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// The request for TLS with which a client of PostgreSQL begins: its length and a number.
const TLS_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// A certificate authority of one test.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        Self { issuer, folder: tempfile::tempdir().unwrap() }
    }

    /// The certificate of the authority as a PEM file.
    fn file(&self) -> PathBuf {
        let path = self.folder.path().join("ca.pem");
        std::fs::write(&path, self.issuer.pem()).unwrap();
        path
    }

    /// A TLS server whose certificate is for this name.
    fn server(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
        TlsAcceptor::from(Arc::new(config))
    }
}

/// A proxy before the PostgreSQL server of the tests.
struct Proxy {
    address: SocketAddr,
    /// The number of encrypted connections so far.
    encrypted: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl Proxy {
    /// Starts a proxy that speaks TLS, or with `None` answers that it cannot.
    fn start(tls: Option<TlsAcceptor>) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let (address, encrypted) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&encrypted);
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(forward(client, tls.clone(), Arc::clone(&counted)));
            }
        });
        Self { address, encrypted, _runtime: runtime }
    }

    /// Opens a store through the proxy, with these settings of the URL, and writes something.
    fn open(&self, settings: &str) -> Result<(), Error> {
        let place = Engine::Postgres.place(&tempfile::tempdir().unwrap());
        let DatabaseLocation::Address(address) = place else { panic!("an address") };
        let proxied = address.replace(&server_of_the_tests(), &self.address.to_string());
        let store = Store::open(&DatabaseLocation::Address(format!("{proxied}&{settings}")))?;
        store.write_now(|tx| throttles::set(tx, "sent through TLS", 1, "2026-11-29T12:00:00Z".parse().unwrap()))
    }
}

/// Host and port of the PostgreSQL server of the tests.
fn server_of_the_tests() -> String {
    cluster().rsplit_once('@').unwrap().1.split('/').next().unwrap().to_owned()
}

async fn forward(mut client: TcpStream, tls: Option<TlsAcceptor>, encrypted: Arc<AtomicUsize>) {
    let mut server = TcpStream::connect(server_of_the_tests()).await.unwrap();
    let mut begin = [0; 8];
    client.read_exact(&mut begin).await.unwrap();
    if begin != TLS_REQUEST {
        server.write_all(&begin).await.unwrap();
        drop(copy_bidirectional(&mut client, &mut server).await);
        return;
    }
    let Some(tls) = tls else {
        return client.write_all(b"N").await.unwrap();
    };
    client.write_all(b"S").await.unwrap();
    // A client that does not trust the certificate ends the handshake.
    let Ok(mut client) = tls.accept(client).await else { return };
    encrypted.fetch_add(1, Ordering::SeqCst);
    drop(copy_bidirectional(&mut client, &mut server).await);
}

fn verifying(authority: &Path) -> String {
    format!("sslmode=verify-full&sslrootcert={}", authority.display())
}

#[test]
fn a_connection_is_encrypted_when_the_url_says_so() {
    let authority = Authority::new("the university");
    let proxy = Proxy::start(Some(authority.server("elsewhere.example")));
    proxy.open("sslmode=disable").unwrap();
    assert_eq!(proxy.encrypted.load(Ordering::SeqCst), 0);
    proxy.open("sslmode=require").unwrap();
    assert!(proxy.encrypted.load(Ordering::SeqCst) > 0);
}

#[test]
fn a_server_with_a_certificate_for_its_name_from_a_trusted_authority_is_accepted() {
    let authority = Authority::new("the university");
    let proxy = Proxy::start(Some(authority.server("127.0.0.1")));
    proxy.open(&verifying(&authority.file())).unwrap();
    assert!(proxy.encrypted.load(Ordering::SeqCst) > 0);
}

#[test]
fn a_certificate_of_another_authority_or_for_another_name_is_refused_with_its_cause() {
    let (authority, other) = (Authority::new("the university"), Authority::new("somebody else"));
    let unknown = Proxy::start(Some(other.server("127.0.0.1"))).open(&verifying(&authority.file()));
    let unknown = unknown.unwrap_err().to_string();
    assert!(unknown.contains("UnknownIssuer"), "{unknown}");
    let misnamed = Proxy::start(Some(authority.server("elsewhere.example"))).open(&verifying(&authority.file()));
    let misnamed = misnamed.unwrap_err().to_string();
    assert!(misnamed.contains("not valid for name"), "{misnamed}");
}

#[test]
fn nothing_is_sent_to_a_server_that_cannot_encrypt() {
    let refused = Proxy::start(None).open("sslmode=require").unwrap_err();
    assert!(refused.to_string().contains("TLS"), "{refused}");
}
