//! Joins the modules of the website's script into one JavaScript function and minifies it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use oxc_allocator::Allocator;
use oxc_ast::ast::{ImportDeclaration, ImportDeclarationSpecifier, Statement};
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::{Parser, ParserReturn};
use oxc_semantic::SemanticBuilder;
use oxc_span::{GetSpan, SourceType};

use crate::Failure;

/// The name of the script module that imports all other modules.
const MAIN: &str = "main.js";

/// A module of the website's script, prepared for joining it with the other modules.
struct Module {
    /// The text of the script module without its `import` declarations and `export` keywords.
    text: String,
    /// The script modules that are imported by this module, in the sequence of the `import`
    /// declarations, each with the imported names.
    imports: Vec<(String, Vec<String>)>,
    exports: BTreeSet<String>,
    /// The names that the script module declares outside of functions.
    declared: BTreeSet<String>,
    /// The names that the script module uses without declaring or importing them. They must be
    /// names that the browser provides.
    globals: BTreeSet<String>,
}

/// The file name of a script module, and the module itself.
type Named = (String, Module);

/// Builds the script from `main.js` and all modules that it imports directly or indirectly. The
/// modules are joined in the sequence in which a browser would run them.
///
/// All modules share the scope of one JavaScript function. Therefore it is an error if two modules
/// declare the same name, if an import renames a name, or if a module exports something else than a
/// declaration.
pub(crate) fn build(folder: &Path) -> Result<String, Failure> {
    let mut modules = Vec::new();
    visit(folder, MAIN, &mut Vec::new(), &mut modules)?;
    refuse_unused(folder, &modules)?;
    refuse_clashes(&modules)?;
    let texts: String = modules.iter().map(|(_, module)| module.text.as_str()).collect();
    minify(&format!("(() => {{\n'use strict';\n{texts}}})();\n"))
}

/// Adds a script module to the list of modules, after all modules that it imports.
fn visit(folder: &Path, name: &str, importers: &mut Vec<String>, modules: &mut Vec<Named>) -> Result<(), Failure> {
    if modules.iter().any(|(known, _)| known == name) {
        return Ok(());
    }
    importers.push(name.to_owned());
    let source =
        fs::read_to_string(folder.join(name)).map_err(|error| format!("{}: {error}", importers.join(" → ")))?;
    let module = read(&source).map_err(|error| format!("{name}: {error}"))?;
    for (imported, taken) in &module.imports {
        if importers.contains(imported) {
            return Err(format!("{name} and {imported} import each other").into());
        }
        visit(folder, imported, importers, modules)?;
        let exports = modules.iter().find(|(known, _)| known == imported).map(|(_, module)| &module.exports);
        for wanted in taken {
            if !exports.is_some_and(|exports| exports.contains(wanted)) {
                return Err(format!("{name} imports `{wanted}`, which {imported} does not export").into());
            }
        }
    }
    importers.pop();
    modules.push((name.to_owned(), module));
    Ok(())
}

/// Parses one script module and removes its `import` declarations and `export` keywords.
fn read(source: &str) -> Result<Module, Failure> {
    let allocator = Allocator::default();
    let parsed = parse(&allocator, source, SourceType::mjs())?;
    let semantic = SemanticBuilder::new().build(&parsed.program).semantic;
    let scoping = semantic.scoping();
    let mut module = Module {
        text: String::new(),
        imports: Vec::new(),
        exports: parsed.module_record.exported_bindings.keys().map(ToString::to_string).collect(),
        declared: scoping.get_bindings(scoping.root_scope_id()).keys().map(ToString::to_string).collect(),
        globals: scoping.root_unresolved_references().keys().map(ToString::to_string).collect(),
    };
    for statement in &parsed.program.body {
        let span = match statement {
            Statement::ImportDeclaration(import) => {
                let import = read_import(import)?;
                module.declared.retain(|name| !import.1.contains(name));
                module.imports.push(import);
                continue;
            }
            Statement::ExportDeclaration(export) => export.declaration.span(),
            _ if statement.is_module_declaration() => {
                return Err("exports something else than the declaration behind `export`".into());
            }
            _ => statement.span(),
        };
        module.text.push_str(span.source_text(source));
        module.text.push('\n');
    }
    Ok(module)
}

/// Returns the module that an `import` declaration names, and the names that it imports.
fn read_import(import: &ImportDeclaration) -> Result<(String, Vec<String>), Failure> {
    let path = import.source.value.as_str();
    let module = path.strip_prefix("./").ok_or_else(|| format!("imports `{path}`, which is not beside it"))?;
    let mut taken = Vec::new();
    for specifier in import.specifiers.iter().flatten() {
        let ImportDeclarationSpecifier::ImportSpecifier(specifier) = specifier else {
            return Err(format!("imports a default or all of {module}: name what it needs").into());
        };
        if specifier.imported.name() != specifier.local.name {
            return Err(format!("gives `{}` of {module} another name", specifier.imported.name()).into());
        }
        taken.push(specifier.local.name.to_string());
    }
    Ok((module.to_owned(), taken))
}

/// Refuses a file in the folder of script modules that no module imports, because the built script
/// would not contain it.
fn refuse_unused(folder: &Path, modules: &[Named]) -> Result<(), Failure> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !modules.iter().any(|(known, _)| *known == name) {
            return Err(format!("{name}: no module imports it, directly or indirectly from {MAIN}").into());
        }
    }
    Ok(())
}

/// Returns an error if two script modules declare the same name, or if a script module uses a name
/// of another module without importing it. In the built script, all modules share one scope.
fn refuse_clashes(modules: &[Named]) -> Result<(), Failure> {
    let mut owners = BTreeMap::new();
    for (module, Module { declared, .. }) in modules {
        for name in declared {
            if let Some(other) = owners.insert(name, module) {
                return Err(format!("`{name}` is declared in {other} and in {module}: they share one scope").into());
            }
        }
    }
    for (module, Module { globals, .. }) in modules {
        if let Some((name, owner)) = globals.iter().find_map(|name| owners.get_key_value(name)) {
            return Err(format!("{module} uses `{name}` without importing it from {owner}").into());
        }
    }
    Ok(())
}

fn minify(script: &str) -> Result<String, Failure> {
    let allocator = Allocator::default();
    let mut program = parse(&allocator, script, SourceType::script())?.program;
    let names = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program).scoping;
    Ok(Codegen::new().with_options(CodegenOptions::minify()).with_scoping(names).build(&program).code)
}

fn parse<'a>(allocator: &'a Allocator, source: &'a str, kind: SourceType) -> Result<ParserReturn<'a>, Failure> {
    let parsed = Parser::new(allocator, source, kind).parse();
    match parsed.diagnostics.first() {
        Some(problem) => Err(problem.to_string().into()),
        None => Ok(parsed),
    }
}
