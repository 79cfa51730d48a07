//! Reads the dependencies in a `Cargo.toml`. It understands only as much of TOML as the manifests
//! of this project contain.

/// The packages on which a crate depends, separated by the section of its `Cargo.toml`.
#[derive(Default)]
pub(super) struct Manifest {
    /// The packages in the section `[dependencies]` of the `Cargo.toml`.
    pub(super) used: Vec<String>,
    /// The packages in the section `[build-dependencies]` of the `Cargo.toml`.
    pub(super) built_with: Vec<String>,
    /// The packages in the section `[dev-dependencies]` of the `Cargo.toml`.
    pub(super) tested_with: Vec<String>,
}

impl Manifest {
    pub(super) fn parse(text: &str) -> Self {
        let mut manifest = Self::default();
        let mut section = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(header) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
                header.clone_into(&mut section);
                if let Some((list, package)) = section.rsplit_once('.') {
                    manifest.list(list).into_iter().for_each(|list| list.push(package.to_owned()));
                }
            } else if let Some(list) = manifest.list(&section) {
                list.extend(package(line));
            }
        }
        manifest
    }

    /// Returns the list of packages for a section of the `Cargo.toml`, also for a section
    /// `[target.….dependencies]`; `None` if the section contains no dependencies.
    fn list(&mut self, section: &str) -> Option<&mut Vec<String>> {
        match section.rsplit('.').next()? {
            "dependencies" => Some(&mut self.used),
            "build-dependencies" => Some(&mut self.built_with),
            "dev-dependencies" => Some(&mut self.tested_with),
            _ => None,
        }
    }
}

/// The package named in a line of a manifest: `name.workspace = true`, `name = "1"` or `alias = { package = "name" }`.
fn package(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let key = key.split('.').next()?.trim();
    if key.is_empty() || !key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)) {
        return None;
    }
    let renamed = value.split_once("package").and_then(|(_, name)| name.split('"').nth(1));
    Some(renamed.unwrap_or(key).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_name_a_dependency_is_read() {
        let manifest = Manifest::parse(
            "[package]\nname = \"x\"\n\n[dependencies]\na.workspace = true # why\nb = { version = \"1\", features = [\n  \"f\",\n] }\n\
             [dependencies.c]\nversion = \"1\"\n[target.'cfg(unix)'.dependencies]\nd = { package = \"e\", version = \"1\" }\n\
             [dev-dependencies]\nf.workspace = true\n[build-dependencies]\ng = \"1\"\n[lints]\nworkspace = true\n",
        );
        assert_eq!(manifest.used, ["a", "b", "c", "e"]);
        assert_eq!((manifest.tested_with, manifest.built_with), (vec!["f".to_owned()], vec!["g".to_owned()]));
    }
}
