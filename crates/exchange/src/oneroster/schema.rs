//! The files of OneRoster 1.2 CSV that are read, and their columns. Extension columns are called `metadata.…`.

/// The columns of one file, by the standard and by our extensions.
pub(super) struct FileSchema {
    /// The name of the file.
    pub(super) file: &'static str,
    /// Columns without which the file is refused. The first one is the key of a row.
    pub(super) required: &'static [&'static str],
    /// Other known columns.
    pub(super) optional: &'static [&'static str],
}

impl FileSchema {
    /// The key column's name.
    pub(super) fn key(&self) -> &'static str {
        self.required.first().copied().unwrap_or_default()
    }

    /// Does the standard, or do we, know this column?
    pub(super) fn knows(&self, column: &str) -> bool {
        self.required.iter().chain(self.optional).any(|known| *known == column)
    }
}

/// All files, in the order in which they refer to one another.
pub(super) const ALL: [&FileSchema; 8] =
    [&MANIFEST, &ORGS, &SESSIONS, &COURSES, &USERS, &ROLES, &CLASSES, &ENROLLMENTS];

pub(super) const MANIFEST: FileSchema =
    FileSchema { file: "manifest.csv", required: &["propertyName", "value"], optional: &[] };

pub(super) const ORGS: FileSchema = FileSchema {
    file: "orgs.csv",
    required: &["sourcedId", "name", "type"],
    optional: &[
        "status",
        "dateLastModified",
        "identifier",
        "parentSourcedId",
        "metadata.nameKk",
        "metadata.nameRu",
        "metadata.nameEn",
    ],
};

pub(super) const SESSIONS: FileSchema = FileSchema {
    file: "academicSessions.csv",
    required: &["sourcedId", "title", "type", "startDate", "endDate", "schoolYear"],
    optional: &[
        "status",
        "dateLastModified",
        "parentSourcedId",
        "metadata.nameKk",
        "metadata.nameRu",
        "metadata.nameEn",
        "metadata.chooseFrom",
        "metadata.chooseUntil",
        "metadata.approveUntil",
    ],
};

pub(super) const COURSES: FileSchema = FileSchema {
    file: "courses.csv",
    required: &["sourcedId", "title", "orgSourcedId"],
    optional: &[
        "status",
        "dateLastModified",
        "schoolYearSourcedId",
        "courseCode",
        "grades",
        "subjects",
        "subjectCodes",
        "metadata.nameKk",
        "metadata.nameRu",
        "metadata.nameEn",
    ],
};

pub(super) const CLASSES: FileSchema = FileSchema {
    file: "classes.csv",
    required: &["sourcedId", "title", "courseSourcedId", "classType", "schoolSourcedId", "termSourcedIds"],
    optional: &[
        "status",
        "dateLastModified",
        "grades",
        "classCode",
        "location",
        "subjects",
        "subjectCodes",
        "periods",
        "metadata.groupCode",
        "metadata.language",
        "metadata.studyForm",
        "metadata.level",
        "metadata.students",
        "metadata.finalExam",
    ],
};

pub(super) const USERS: FileSchema = FileSchema {
    file: "users.csv",
    required: &["sourcedId", "enabledUser", "username", "givenName", "familyName"],
    optional: &[
        "status",
        "dateLastModified",
        "userIds",
        "middleName",
        "identifier",
        "email",
        "sms",
        "phone",
        "agentSourcedIds",
        "grades",
        "password",
        "userMasterIdentifier",
        "resourceSourcedIds",
        "preferredGivenName",
        "preferredMiddleName",
        "preferredFamilyName",
        "primaryOrgSourcedId",
        "pronouns",
        "metadata.locale",
    ],
};

pub(super) const ROLES: FileSchema = FileSchema {
    file: "roles.csv",
    required: &["sourcedId", "userSourcedId", "roleType", "role", "orgSourcedId"],
    optional: &["status", "dateLastModified", "beginDate", "endDate", "userProfileSourcedId"],
};

pub(super) const ENROLLMENTS: FileSchema = FileSchema {
    file: "enrollments.csv",
    required: &["sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"],
    optional: &["status", "dateLastModified", "primary", "beginDate", "endDate"],
};
