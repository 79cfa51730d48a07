# Импорт данных.
menu-imports = Импорт
nav-imports = Импорт данных
import-intro = Выберите файл. До сохранения данных будет показан список изменений.
import-file = Файл
import-file-hint = OneRoster 1.2 (zip) или таблица, где каждая группа указана в отдельной строке (XLSX, CSV). До { $roster_file_size_limit } МБ.
import-look = Проверить файл
import-template = Скачать шаблон таблицы:
imports-empty = Импортов пока не было
imports-before = Прежние импорты
import-when = Время
import-who = Кто загрузил
import-by-command = командная строка
import-refused-count = Строк с ошибками
imported-planned = Файл проверен
imported-applied = Импортирован
imported-undone = Отменён
import-now-applied = Импорт выполнен
import-now-undone = Импорт отменён: прежние данные восстановлены
import-reading = Файл читается и сравнивается с данными в системе…
import-writing = Идёт импорт…
import-progress = Импортировано записей: { $n } из { $of }
import-written = Обработано записей: { $n }
import-refreshes = Страница обновляется автоматически. Её можно закрыть: импорт продолжится.
import-look-again = Обновить сейчас
import-nothing = Изменений нет: данные файла совпадают с данными системы
import-nothing-yet = Пока ничего не сохранено
import-plan = Изменения
import-plan-kind = Данные
import-plan-fate = Изменение
import-plan-what = Запись
import-plan-field = Поле
import-plan-download = Скачать весь список изменений (CSV)
import-difference-new = Новые
import-difference-changed = Изменятся
import-difference-unchanged = Без изменений
import-difference-absent = Нет в файле
import-kind-orgs = Факультеты и кафедры
import-kind-terms = Семестры
import-kind-people = Пользователи
import-kind-appointments = Назначения
import-kind-disciplines = Дисциплины
import-kind-offerings = Группы
import-kind-enrolments = Студенты в группах
import-listed = Здесь показаны только первые { $n }; все записи есть в файле для скачивания.
import-refused = Строк для исправления: { $n }
import-refused-hint = Эти строки и связанные с ними записи не импортируются. Исправьте их и загрузите файл снова.
import-refused-hint-whole = Эти строки и связанные с ними записи не импортируются. Скачайте архив: в нём все файлы, ошибка указана в первом столбце. Исправьте строки, снова упакуйте файлы в zip и загрузите.
import-refused-download = Скачать строки с ошибками
import-row = Строка
import-column = Столбец
import-value = Значение
import-problem = Проблема
import-error-column = ошибка
import-aside-people = Заблокировать вход пользователям, которых нет в файле
import-aside-appointments = Прекратить назначения, которых нет в файле (последний день — вчера)
import-aside-offerings = Скрыть из всех списков группы, которых нет в файле (история сохранится)
import-aside-enrolments = Исключить из групп студентов, которых нет в файле
import-aside-hint = Если не поставить отметку, записи, которых нет в файле, сохранятся.
import-live-absent = Из них групп с выбором: { $n }
import-go = Импортировать верные строки ({ $n })
import-mended = Загрузить исправленный файл
import-undo = Отменить импорт
import-undo-hint = Импорт можно отменить в течение { $import_undo_hours ->
        [one] { $import_undo_hours } часа
        [few] { $import_undo_hours } часов
       *[many] { $import_undo_hours } часов
    }, если импортированные данные ещё нигде не используются.
import-notices = Замечания к файлу
import-notice-byte-order-mark = файл начинается с невидимой метки (BOM); она пропущена
import-notice-other-encoding = не UTF-8, прочитано как { $what }
import-notice-other-separator = ячейки разделены знаком «{ $what }»
import-notice-unknown-columns = неизвестные столбцы пропущены: { $what }
import-notice-rows-to-be-deleted = пропущено строк с пометкой tobedeleted: { $n }
import-notice-unused-role = пропущено строк с ролью { $what }: { $n }
import-notice-not-absent = файл есть, но в манифесте отмечен как отсутствующий, поэтому не прочитан
import-empty-cell = Пустая ячейка
import-unknown-key = Нет такого кода или названия
import-not-allowed-value = Недопустимое значение
import-not-a-date = Неверная дата, нужен формат ГГГГ-ММ-ДД
import-not-a-number = Должно быть целое число
import-duplicate-key = Повтор: такая строка уже есть выше
import-value-too-long = Слишком длинное значение
import-not-a-department = Это подразделение — не кафедра
import-role-in-wrong-unit = Эта роль не назначается в подразделении такого типа
import-dates-out-of-order = Дата окончания раньше даты начала
import-no-single-primary = Преподавателей несколько: основной должен быть ровно один
import-wrong-number-of-cells = Число ячеек в строке не совпадает с заголовком
import-missing-file = файл отсутствует, но в манифесте это не указано
import-file-not-optional = этот файл обязателен, потому что в данных есть группы
import-wrong-header = столбца «{ $column }» нет или он повторяется
import-unreadable-encoding = файл не текстовый: загрузите zip, XLSX или CSV (UTF-8, Windows-1251)
import-not-a-roster = файл — не OneRoster 1.2 и не таблица групп
import-delta-not-supported = в файле только изменения (delta): выгрузите данные полностью (bulk)
import-archive-too-large = архив в распакованном виде больше { $roster_unpacked_size_limit } МБ или в нём больше { $roster_files_limit ->
        [one] { $roster_files_limit } файла
        [few] { $roster_files_limit } файлов
       *[many] { $roster_files_limit } файлов
    }
import-archive-damaged = файл повреждён: создайте его заново и загрузите
import-archive-encrypted = архив защищён паролем: создайте его без пароля и загрузите
import-unsafe-path = в архиве небезопасный путь к файлу
import-too-many-rows = в таблице больше { $roster_rows_limit } строк или { $roster_columns_limit ->
        [one] { $roster_columns_limit } столбца
        [few] { $roster_columns_limit } столбцов
       *[many] { $roster_columns_limit } столбцов
    }
import-workbook-too-large = в книге больше { $roster_cells_limit } ячеек, { $roster_strings_limit } разных текстов или { $roster_text_size_limit } МБ текста: сохраните только лист с группами в новый файл
import-roster-too-long = в данных больше { $roster_lines_limit } строк или { $roster_columns_limit } столбцов
import-io = файл не удалось прочитать: загрузите его ещё раз
import-file-empty = Выберите файл
import-file-too-large = Файл слишком большой. Максимум: { $roster_file_size_limit } МБ.
import-file-cut-off = Файл загружен не полностью. Попробуйте ещё раз.
refused-plan-changed = После проверки данные изменились. Просмотрите новый список изменений и подтвердите снова.
refused-import-done = Этот импорт уже выполнен
refused-import-file-gone = Файл больше не хранится. Загрузите его снова.
refused-nothing-to-undo = Отменять нечего
refused-import-undo-too-late = Отменить импорт нельзя: { $import_undo_hours ->
        [one] прошёл { $import_undo_hours } час
        [few] прошло { $import_undo_hours } часа
       *[many] прошло { $import_undo_hours } часов
    }
refused-import-not-newest = Отменить импорт нельзя: есть более новый импорт
refused-import-changed-since = Отменить импорт нельзя: данные этого импорта позже были изменены
refused-import-chosen = Отменить импорт нельзя: для группы из этого импорта уже отправлен выбор
refused-import-in-use = Отменить импорт нельзя: данные этого импорта уже используются
refused-import-name-taken = Логин или код семестра из файла уже принадлежит другой записи. Ничего не импортировано. Исправьте файл и загрузите его снова.
act-roster-import-undone = Импорт отменён
changes-code = код
changes-parent = вышестоящее подразделение
changes-kind = тип
changes-name-kk = название на казахском
changes-name-ru = название на русском
changes-name-en = название на английском
changes-starts = начало
changes-ends = конец
changes-choose-from = начало выбора
changes-choose-until = конец выбора
changes-approve-until = срок утверждения
changes-username = логин
changes-full-name = фамилия и имя
changes-locale = язык
changes-is-enabled = вход разрешён
changes-person = пользователь
changes-role = роль
changes-unit = подразделение
changes-from = первый день
changes-until = последний день
changes-department = кафедра
changes-discipline = дисциплина
changes-group = группа
changes-language = язык обучения
changes-study-form = форма обучения
changes-level = уровень
changes-students = число студентов
changes-responsible = ответственный преподаватель
changes-teachers = все преподаватели
changes-has-exam = есть итоговый экзамен
changes-is-active = показывается в списках
yes = да
no = нет
import-aside-not-yet = Записи, которых нет в файле, сохраняются. Чтобы выбрать действие с ними, сначала исправьте строки с ошибками.
refused-import-rows-refused = В файле есть строки с ошибками, поэтому нельзя определить, каких записей не хватает. Сначала исправьте ошибки.
import-administrators-only = Загруженный файл не меняет администраторов и их учётные записи; используйте командную строку
import-last-of-role = Университет остался бы без офис-регистратора или администратора
import-danger-periods = Меняются даты семестров
import-danger-sign-in = Учётные записи отключаются или переименовываются
import-danger-deciders = Меняются утверждающие и администрирующие
import-danger-choices = Меняются группы, для которых выбор уже сделан
import-danger-confirm = Эти изменения проверены и нужны
import-danger-unconfirmed = Отметьте, если эти изменения нужны
