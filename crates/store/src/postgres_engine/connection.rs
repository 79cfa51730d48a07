//! Connections to the PostgreSQL server: the settings in its URL, encryption with TLS, and the time
//! limits of a session.

use crate::{Error, Result};
use postgres::config::SslMode;
use postgres::{Client, Config, NoTls};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The time in which the network has to acknowledge what is sent to the server, and the time without
/// an answer after which the connection is probed.
const NETWORK_SILENCE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(5);

/// The settings of a session. `random_page_cost`: with its default value, PostgreSQL joins small
/// reference tables by hash joins that read whole tables. The time limits end what a hung program has
/// begun; an import of a large roster stays far below them.
const SESSION: &str = "SET random_page_cost = 1.1; SET plan_cache_mode = force_generic_plan; SET TIME ZONE 'UTC';
    SET statement_timeout = '60s'; SET lock_timeout = '8s'; SET idle_in_transaction_session_timeout = '60s'";

/// The settings with which connections to the PostgreSQL server are opened.
#[derive(Clone)]
pub(crate) struct Connector {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

/// The protection of the connection to the server, as `sslmode` in the URL says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protection {
    /// The connection is not encrypted (`disable`, and the default).
    None,
    /// The connection is encrypted, and the certificate of the server is not checked (`require`).
    Encrypted,
    /// The connection is encrypted, and the certificate of the server is checked with its name
    /// (`verify-full`).
    Verified,
}

impl Connector {
    /// Reads the URL of the PostgreSQL database. `sslmode` is `disable`, `require` or `verify-full`;
    /// `sslrootcert` is a PEM file with the certificates that are trusted, instead of those of the
    /// operating system.
    ///
    /// # Errors
    /// [`Error::Broken`] if the URL has a wrong setting; [`Error::Unavailable`] if the certificates
    /// cannot be read.
    pub(crate) fn new(address: &str) -> Result<Self> {
        let (address, settings) = without_tls_settings(address);
        let mut config: Config = address.parse().map_err(|error: postgres::Error| Error::Broken(error.to_string()))?;
        config.application_name("emtihan").connect_timeout(CONNECT).tcp_user_timeout(NETWORK_SILENCE);
        config.keepalives_idle(NETWORK_SILENCE).keepalives_interval(Duration::from_secs(3)).keepalives_retries(3);
        let protection = match settings.mode.as_deref() {
            None | Some("disable") => Protection::None,
            Some("require") => Protection::Encrypted,
            Some("verify-full") => Protection::Verified,
            Some(other) => {
                return Err(Error::Broken(format!("sslmode is disable, require or verify-full, and not {other}")));
            }
        };
        config.ssl_mode(if protection == Protection::None { SslMode::Disable } else { SslMode::Require });
        let tls = match protection {
            Protection::None => None,
            Protection::Encrypted => Some(MakeRustlsConnect::new(encrypting()?)),
            Protection::Verified => Some(MakeRustlsConnect::new(verifying(settings.root_certificates.as_deref())?)),
        };
        Ok(Self { config, tls })
    }

    /// Opens a connection with the settings and time limits of a session.
    pub(crate) fn connect(&self) -> Result<Client> {
        let mut client = self.connect_without_limits()?;
        client.batch_execute(SESSION)?;
        Ok(client)
    }

    /// Opens a connection whose statements may take any time, for migrations.
    pub(crate) fn connect_without_limits(&self) -> Result<Client> {
        let client = match &self.tls {
            None => self.config.connect(NoTls),
            Some(tls) => self.config.connect(tls.clone()),
        };
        Ok(client?)
    }
}

/// The settings of the URL that the PostgreSQL client library does not know.
#[derive(Debug, Default, PartialEq, Eq)]
struct TlsSettings {
    mode: Option<String>,
    root_certificates: Option<String>,
}

/// Takes the settings of TLS out of the query of a URL.
fn without_tls_settings(address: &str) -> (String, TlsSettings) {
    let Some((place, query)) = address.split_once('?') else { return (address.to_owned(), TlsSettings::default()) };
    let mut settings = TlsSettings::default();
    let mut others = Vec::new();
    for setting in query.split('&') {
        match setting.split_once('=') {
            Some(("sslmode", mode)) => settings.mode = Some(mode.to_owned()),
            Some(("sslrootcert", path)) => settings.root_certificates = Some(path.replace("%2F", "/")),
            _ => others.push(setting),
        }
    }
    let separator = if others.is_empty() { "" } else { "?" };
    (format!("{place}{separator}{}", others.join("&")), settings)
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A TLS client that checks the certificate of the server against the given certificates, or those of
/// the operating system.
fn verifying(root_certificates: Option<&str>) -> Result<ClientConfig> {
    let unreadable = |why: &dyn std::fmt::Display| {
        Error::Unavailable(format!("the certificates for PostgreSQL cannot be read: {why}"))
    };
    let mut roots = RootCertStore::empty();
    match root_certificates {
        Some(path) => {
            let certificates = CertificateDer::pem_file_iter(Path::new(path)).map_err(|error| unreadable(&error))?;
            for certificate in certificates {
                roots.add(certificate.map_err(|error| unreadable(&error))?).map_err(|error| unreadable(&error))?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(unreadable(&"there are none"));
    }
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| Error::Broken(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// A TLS client that takes any certificate, as `sslmode=require` does in other programs too.
fn encrypting() -> Result<ClientConfig> {
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| Error::Broken(error.to_string()))?.dangerous();
    Ok(builder.with_custom_certificate_verifier(Arc::new(AnyCertificate(provider()))).with_no_client_auth())
}

/// Takes any certificate of the server, but checks that the server has the key of the certificate.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _certificate: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_tls_are_taken_out_of_the_url() {
        let (address, settings) = without_tls_settings(
            "postgres://a@host/db?sslmode=verify-full&options=-csearch_path%3Dx&sslrootcert=/etc/ca.pem",
        );
        assert_eq!(address, "postgres://a@host/db?options=-csearch_path%3Dx");
        let root_certificates = Some("/etc/ca.pem".to_owned());
        assert_eq!(settings, TlsSettings { mode: Some("verify-full".to_owned()), root_certificates });
        assert_eq!(without_tls_settings("postgres://a@host/db?sslmode=require").0, "postgres://a@host/db");
    }

    #[test]
    fn a_wrong_mode_or_missing_certificates_are_named() {
        let refused = |address: &str| Connector::new(address).err().unwrap().to_string();
        assert!(refused("postgres://a@host/db?sslmode=maybe").contains("not maybe"));
        let missing = "postgres://a@host/db?sslmode=verify-full&sslrootcert=/nowhere/ca.pem";
        assert!(refused(missing).contains("the certificates for PostgreSQL cannot be read"));
    }
}
