//! Static files of the site: script, style sheet and icon. They are embedded in the program,
//! compressed at build time, and named by a hash of their content, so that browsers can cache them
//! for a year.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A static file of the site, such as the script, with its uncompressed, Brotli and gzip variants.
pub(crate) struct Asset {
    name: &'static str,
    mime: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `GET /assets/{name}`: answers with a static file in an encoding that the client accepts, or with
/// 404.
pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (encoding, bytes) = if accepted.contains("br") {
        ("br", asset.brotli)
    } else if accepted.contains("gzip") {
        ("gzip", asset.gzip)
    } else {
        ("identity", asset.plain)
    };
    let headers = [
        (header::CONTENT_TYPE, asset.mime),
        (header::CONTENT_ENCODING, encoding),
        (header::VARY, "Accept-Encoding"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        // A file that is opened by itself, such as the icon, may load nothing.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    (headers, bytes).into_response()
}

/// `GET /robots.txt`: allows search engines to index the public pages. All other pages need a
/// sign-in.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nAllow: /\n"
}
