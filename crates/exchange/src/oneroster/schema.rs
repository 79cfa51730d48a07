//! Describes the files of a OneRoster 1.2 roster that are read, with their columns. Columns that
//! extend the standard have names that begin with `metadata.`.

/// The columns of one OneRoster file: the columns of the OneRoster standard, and the additional
/// columns that Emtihan reads.
pub(super) struct FileSchema {
    /// The name of the OneRoster file, such as `users.csv`.
    pub(super) file: &'static str,
    /// The names of the required columns. A OneRoster file without one of these columns is refused.
    /// The first column contains the identifier of the row.
    pub(super) required: &'static [&'static str],
    /// The names of the columns that the OneRoster file can have but does not need.
    pub(super) optional: &'static [&'static str],
}

impl FileSchema {
    /// Returns the name of the OneRoster file's column that contains the identifier of a row.
    pub(super) fn key(&self) -> &'static str {
        self.required.first().copied().unwrap_or_default()
    }

    /// Returns whether the OneRoster file can have this column, according to the standard or as an
    /// additional column.
    pub(super) fn knows(&self, column: &str) -> bool {
        self.required.iter().chain(self.optional).any(|known| *known == column)
    }
}

/// All OneRoster files that are read. The records in a file refer only to records in files that
/// come earlier in this list.
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
