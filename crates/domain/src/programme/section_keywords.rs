//! Keywords by which the two parts of a programme document are recognised: the examined topics, and
//! the instructions on how the exam is held. The keywords are those of Kazakh, Russian and English
//! documents.
//!
//! Every keyword is the beginning of a word (or of several consecutive words). Keywords and text
//! are converted to Latin search keys, so that one spelling covers all inflections. A keyword that
//! ends with a space is a whole word. Keywords with the same meaning form a set. A set adds to the
//! score of a document only once, however often its keywords occur in the document.

/// A set of keywords with the same meaning, and the numbers that the set can add to the score of a
/// document. The set adds one of its two numbers if at least one of its keywords occurs in the
/// document. A document with a high score contains the part for which its text is searched: the
/// examined topics, or the instructions on how the exam is held.
pub(super) struct KeywordFamily {
    /// The number that this set of keywords adds to the score of a document in which its keywords
    /// occur only in running text, not in a heading.
    pub(super) in_text: usize,
    /// The number that this set of keywords adds to the score of a document in which at least one
    /// of its keywords occurs in a short line, which is probably a heading.
    pub(super) as_heading: usize,
    pub(super) words: &'static [&'static str],
}

const fn family(in_text: usize, as_heading: usize, words: &'static [&'static str]) -> KeywordFamily {
    KeywordFamily { in_text, as_heading, words }
}

/// Keywords by which the list of examined topics in a programme document is recognised.
#[rustfmt::skip]
pub(super) const PROGRAMME: &[KeywordFamily] = &[
    family(1, 2, &["тақырып", "темы ", "тем ", "темам ", "тема ", "тематик", "topic", "theme", "мазмұн", "содержани", "content", "раздел", "модул",
                   "module", "chapter", "unit ", "units ", "тарау", "бөлімдер", "syllabus", "силлабус", "coverage", "subject matter", "дидактическ", "материал курса", "course material", "what is examined", "what you need to know"]),
    family(1, 2, &["сұрақтар тізім", "сұрақтардың тізім", "емтихан сұрақ", "емтиханға арналған сұрақ", "емтиханға дайындал", "бақылау сұрақ", "үлгі сұрақ", "сұрақтардың үлгі", "билет сұрақ",
                   "вопросы к ", "перечень", "список вопрос", "вопросы для", "вопросы экзамен", "вопросы итогов", "экзаменационные вопрос", "контрольные вопрос", "примерные вопрос", "примерные задани", "типовые задани", "типовые вопрос",
                   "exam question", "examination question", "list of question", "question list", "questions for", "sample question", "review question", "possible question", "sample task", "үлгі тапсырма", "тапсырма үлгі"]),
    family(2, 2, &["әдебиет", "литератур", "reading", "literature", "bibliograph", "references", "textbook", "оқулық", "учебник", "дереккөз", "источник"]),
    family(2, 2, &["оқу нәтиже", "оқыту нәтиже", "оқытудың нәтиже", "күтілетін нәтиже", "результаты обучени", "результатам обучени", "результаты освоени", "learning outcome", "outcomes", "құзырет", "компетенц", "competenc",
                   "білуі ", "білуге", "меңгеруі", "меңгерген", "знать ", "уметь ", "владеть ", "should know", "should be able", "able to", "is expected to show", "требования к знани", "білімге қойыл", "what a student is expected"]),
    family(1, 1, &["мақсат", "цель ", "цели ", "aim ", "aims ", "purpose of the course", "objective", "міндеттер", "задачи курс", "задачи дисциплин"]),
];

/// Keywords by which the instructions on how the exam is held are recognised in a programme
/// document.
#[rustfmt::skip]
pub(super) const METHOD: &[KeywordFamily] = &[
    family(1, 1, &["платформ", "platform", "moodle", "мудл", "univer ", "универ ", "oqylyq", "оқылық", "zoom", "зум ", "teams ", "google ", "classroom", "canvas", "сдо ", "қож ", "lms ", "портал", "portal"]),
    family(1, 1, &["минут", "minute", "мин ", "min ", "академиялық сағат", "академических час", "сағат бер", "часа ", "часов ", "длительн", "продолжительн", "ұзақтығ", "duration", "уақыты ", "берілетін уақыт", "время выполнени", "время на ", "отводится", "time limit", "time allowed", "hours", "lasts"]),
    family(1, 1, &["проктор", "proctor", "камера", "камеран", "камеру", "камерой", "camera", "webcam", "веб камера", "жеке куәлік", "жеке басын", "удостоверени", "личность", "identity", "id card", "микрофон", "microphone", "бейнежаз", "видеозапис", "recording", "invigilat"]),
    family(1, 1, &["жүкте", "загруж", "загрузи", "прикрепл", "upload", "submi", "тапсырады", "өткізеді", "жібереді", "сдает", "сдают", "отправля", "высыла", "hand in", "handed in", "saved", "сохраня", "сақтайды", "late work", "late submission", "позже срока", "опозда", "мерзімінен кеш", "кешіктір", "набира", "теріп ", "type the answer", "type your", "types the"]),
    family(1, 1, &["балл", "балмен", "бағала", "оценива", "оценка", "оценки", "оценок", "критери", "criteri", "grade", "grading", "points", "marks", "marking", "rubric", "score", "assess", "шкала", "пайыз", "процент", "per cent"]),
    family(1, 1, &["жазбаша", "ауызша", "тестілеу", "тест түрінде", "письменн", "устно", "устный", "устная", "устного", "тестирован", "written", "oral", "orally", "форма проведени", "форма экзамен", "өткізу форма", "өткізу нысан", "емтихан форма", "емтихан нысан", "емтихан түрі", "вид экзамен", "form of exam", "form of the exam", "exam form", "format", "билет", "ticket", "комбинированн", "аралас "]),
    family(1, 1, &["апелляц", "appeal", "ақау", "техническ", "technical", "сбой", "сбоя", "сбое", "интернет", "internet", "байланыс үзіл", "обрыв", "disconnect", "connection"]),
    family(1, 1, &["тыйым", "бөгде", "посторон", "nobody else", "запрещ", "рұқсат", "разреша", "адалдық", "честност", "honesty", "integrity", "prohibit", "not allowed", "may not", "forbidden", "allowed", "permitted", "плагиат", "plagiar", "көшір", "списыва", "cheat", "нарушени", "бұзған"]),
    family(1, 1, &["жариялан", "публику", "объявля", "объявлен", "results appear", "results are", "announced", "published", "хабарлан"]),
    family(1, 1, &["жіберу рейтинг", "рейтинг допуск", "допуска", "жіберіледі", "admission", "admitted", "кестеге сай", "кесте бойынша", "по расписанию", "расписани", "schedule", "тіркел", "регистрир", "log in", "logs in", "кіреді", "кіру ", "входит", "заходит", "авториз", "sign in", "signs in", "enters", "консультаци"]),
];

/// Words that mean a manner or procedure, such as *method*. The title of the instructions on how
/// the exam is held usually contains one of these words close to a word of [`OCCASION`].
#[rustfmt::skip]
pub(super) const MANNER: &[&str] = &[
    "технологи", "technolog", "әдістеме", "әдіснама", "методик", "методолог", "method", "порядок", "порядк", "регламент", "тәртіб", "тәртіп", "процедур", "procedur",
    "правил", "rules", "regulation", "ереже", "нұсқау", "инструкц", "instruction", "guideline", "guide ", "памятк", "жадынама", "указани", "алгоритм проведени", "өткізу барысы", "қалай өтеді", "қалай өткіз", "как проходит", "как проводится", "организаци", "ұйымдастыр",
    "how the exam", "how the final exam", "how it ", "how we ", "conduct", "organisation of", "organization of", "running of", "administration of", "conditions of", "on the day", "day of the exam", "exam day", "ход экзамен", "ход проведени", "условия", "шарттар", "өту барысы",
];

/// Words that mean holding or taking an exam, such as *held*. The title of the instructions on how
/// the exam is held usually contains one of these words close to a word of [`MANNER`].
#[rustfmt::skip]
pub(super) const OCCASION: &[&str] = &[
    "өткізу", "өткізіл", "өтеді", "өту ", "тапсыру", "емтихан", "провед", "проводит", "проход", "сдачи", "сдаче", "экзамен", "аттестац", "holding", "held", "hold ", "conduct", "exam ", "exams ", "examin", "taking", "taken", "works", "runs",
];

/// Words for an exam, which occur as the grammatical subject of a sentence about the course of an
/// exam.
pub(super) const EXAM: &[&str] = &["емтихан", "экзамен", "exam ", "examin", "тест ", "test "];

/// Verbs that describe the course of an exam, such as *starts*. A verb counts only if it occurs
/// close to a word of [`EXAM`].
#[rustfmt::skip]
pub(super) const GOES: &[&str] = &[
    "өтеді", "өткізіледі", "басталады", "аяқталады", "қабылданады", "алынады", "тұрады", "проводится", "проходит", "начинается", "завершается", "принимает", "сдается", "состоит", "традиционный",
    "is held", "is taken", "takes place", "starts", "begins", "is written", "is oral", "lasts", "consists", "has ",
];

/// Words that mean the programme of an exam. A document can name its two required parts in one
/// standard sentence («программа … и инструкция о технологии и методике …») without containing
/// these parts. Therefore a word of [`MANNER`] or [`GOES`] does not count if it stands close behind
/// a word of this list.
pub(super) const PROGRAMME_ITSELF: &[&str] =
    &["бағдарламасы", "бағдарлама ", "программа ", "программы ", "программу ", "programme ", "program "];

/// Words about holding an exam: a list item that contains one of these words is not an examined
/// topic.
#[rustfmt::skip]
pub(super) const PROCESS: &[&str] = &[
    "студент", "білім алушы", "обучающ", "емтихан", "экзамен", "exam ", "exams ", "examin", "student", "learner", "candidate", "жауап", "ответ", "answer", "жүйе", "файл", "file ", "комисси", "commission", "преподавател", "оқытушы", "instructor", "examiner", "тапсырма", "задани", "task", "бөлім ", "часть", "part ", "вопроса", "сұрақтар ",
];

/// Frequent Kazakh words. They decide on the language of a text if its letters can belong to
/// several languages.
pub(super) const KAZAKH: &[&str] =
    &["және ", "мен ", "бойынша ", "үшін ", "емтихан", "пән", "бағдарлама", "сұрақ", "туралы "];
/// Frequent Russian words. They decide on the language of a text if its letters can belong to
/// several languages.
pub(super) const RUSSIAN: &[&str] =
    &["и ", "по ", "на ", "для ", "при ", "экзамен", "дисциплин", "программ", "вопрос", "что "];
/// Frequent English words. They decide on the language of a text if its letters can belong to
/// several languages.
pub(super) const ENGLISH: &[&str] = &["the ", "of ", "and ", "to ", "in ", "for ", "exam ", "is "];
