# По одному тексту на каждый код отказа.
refused-not-found = Страница не найдена
refused-not-responsible = Сделать этот выбор может только ответственный преподаватель. Вы можете только просматривать эту страницу.
refused-not-head = Утвердить или вернуть выбор может только заведующий этой кафедрой
refused-own-choice = Утвердить собственный выбор вы не можете. Его утверждает исполняющий обязанности заведующего или декан.
refused-department-decides = Этот выбор утверждает сама кафедра
refused-role-missing = У вас нет доступа к этой странице
refused-rule-missing = Выберите платформу и форму проведения экзамена
refused-rule-incomplete = Заполните все три поля или выберите вариант в списке
refused-rule-impossible = В правилах нет такого экзамена
refused-rule-contradicted = Три поля и отмеченный в списке вариант не совпадают
refused-rule-unknown = Этого варианта больше нет в правилах. Выберите другой вариант.
refused-rule-not-offered = Этот вариант недоступен группам
refused-info-missing = Укажите дополнительную информацию
refused-info-forbidden = Для этого варианта дополнительная информация не нужна: оставьте поле пустым
refused-info-too-long = Слишком длинный текст. Максимум: { $info_limit ->
        [one] { $info_limit } символ
        [few] { $info_limit } символа
       *[many] { $info_limit } символов
    }.
refused-programme-missing = Выберите или загрузите программу итогового экзамена
refused-programme-elsewhere = Этот файл относится к другой дисциплине. Выберите файл из списка.
refused-returned-unchanged = После возврата ничего не изменено. Измените выбор или отметьте «Отправить ещё раз без изменений».
refused-groups-missing = Отметьте хотя бы одну группу
refused-reason-missing = Укажите причину
refused-reason-too-long = Причина описана слишком длинно. Максимум: { $reason_limit ->
        [one] { $reason_limit } символ
        [few] { $reason_limit } символа
       *[many] { $reason_limit } символов
    }.
refused-nothing-ticked = Отметьте хотя бы один пункт
refused-choice-changed = Этот выбор изменил другой пользователь
refused-choice-already-approved = Этот выбор уже утверждён
refused-choice-sent-back = Этот выбор возвращён на исправление и ещё не отправлен снова
refused-choice-not-sent = Этот выбор не отправлен на проверку
refused-choice-not-approved = Этот выбор не утверждён, поэтому открыть его для правки нельзя
refused-undo-acted-since = Отменить это действие уже нельзя: после него были другие изменения
refused-undo-too-late = Отменить это действие уже нельзя: { $undo_minutes ->
        [one] прошла { $undo_minutes } минута
        [few] прошло { $undo_minutes } минуты
       *[many] прошло { $undo_minutes } минут
    }
refused-other-offering = Разрешение выдано для другой группы
refused-written-meanwhile = В этот же момент изменение сохранил другой пользователь. Попробуйте ещё раз.
refused-window-not-yet = Выбор ещё не открыт. Когда он откроется, вы получите уведомление.
refused-window-over = Срок истёк. Чтобы внести изменения, обратитесь в офис-регистратор.
refused-term-closed = Семестр закрыт: доступен только просмотр
refused-no-term = Семестр ещё не открыт. Обратитесь в офис-регистратор.
refused-unconfirmed = База данных вовремя не подтвердила запись. Обновите страницу и проверьте, сохранилось ли изменение.
refused-unavailable = Сервис временно недоступен
refused-broken = В системе произошла ошибка
refused-bad-form = Не удалось прочитать отправленные данные. Попробуйте ещё раз.
refused-form-too-large = Слишком большой объём данных. Максимальный размер файла: { $programme_size_limit } МБ.
refused-too-slow = Данные с вашего устройства поступали слишком медленно. Проверьте соединение.
refused-foreign-form = Страница устарела. Обновите её и повторите действие.
refused-wrong-method = На этой странице это действие недоступно
refused-fields = Исправьте отмеченные ниже поля
refused-file-empty = Файл пустой. Выберите другой файл.
refused-file-too-large = Файл слишком большой. Максимум: { $programme_size_limit } МБ.
refused-file-name-too-long = Имя файла слишком длинное. Максимум символов: { $programme_name_limit }. Переименуйте файл и загрузите его снова.
refused-file-wrong-kind = Файл должен быть в формате PDF или DOCX
refused-file-encrypted = Документ защищён паролем. Сохраните его без пароля и загрузите снова.
refused-file-macros = В документе есть макросы. Сохраните его в формате DOCX без макросов.
refused-file-damaged = Документ повреждён. Сохраните его заново и загрузите.
refused-file-cut-off = Файл загружен не полностью. Попробуйте ещё раз.
refused-term-code-missing = Укажите код семестра
refused-term-code-taken = Семестр с таким кодом уже есть. Укажите другой код.
refused-term-name-missing = Укажите название на трёх языках
refused-date-missing = Укажите дату
refused-term-ends-too-early = Дата окончания семестра не может быть раньше даты начала
refused-choosing-ends-too-early = Дата окончания выбора не может быть раньше даты начала
refused-approving-ends-too-early = Срок утверждения не может быть раньше конца выбора
refused-catalogue-unknown = Такой редакции правил нет. Выберите редакцию из списка.
refused-day-missing = Укажите сегодняшнюю или более позднюю дату
refused-term-runs = До окончания срока утверждения семестр закрыть нельзя
refused-not-uniform = Для других групп этой дисциплины выбран другой вариант. Верните выбор, который нужно изменить: утвердить можно только одинаковый выбор.
refused-administrator-only = Это может сделать только администратор
refused-last-of-role = Это последний пользователь с бессрочным назначением на эту роль. Сначала назначьте другого пользователя.
refused-appointment-over = Срок этого назначения уже истёк
refused-document-missing = Файла этой программы нет на сервере. Преподавателю нужно загрузить её ещё раз; до этого выбор нельзя утвердить.
refused-document-altered = Файл этой программы на сервере повреждён. Преподавателю нужно загрузить её ещё раз; до этого выбор нельзя утвердить.
refused-warning-appeared = Пока страница была открыта, у некоторых из этих выборов появились предупреждения. Ничего не утверждено. Теперь они в списке «Требуют просмотра».
refused-not-as-set = Этот выбор отличается от формы, заданной централизованно. Утвердить его нельзя, верните его на исправление.
refused-set-centrally = Форма задана централизованно: другую выбрать нельзя
refused-discipline-code-missing = Введите код дисциплины
refused-department-missing = Выберите кафедру
refused-discipline-unknown = В этом семестре нет дисциплины с таким кодом. Проверьте код.
refused-appointment-role-missing = Выберите роль
refused-appointment-unit-missing = Выберите подразделение
refused-appointment-wrong-unit = Эта роль не назначается в подразделении такого типа. Выберите другое подразделение.
refused-appointment-day-missing = Укажите день: исполняющему обязанности нужны оба дня
refused-appointment-ends-too-early = Последний день не может быть раньше первого
refused-appointment-overlaps = На эти дни этот пользователь уже назначен на эту роль. Укажите другие дни.
refused-order-missing = Укажите номер приказа
refused-order-too-long = Номер приказа слишком длинный. Максимум: { $order_number_limit ->
        [one] { $order_number_limit } символ
        [few] { $order_number_limit } символа
       *[many] { $order_number_limit } символов
    }.
refused-password-old-wrong = Текущий пароль неверен
refused-password-too-short = Пароль слишком короткий. Введите не меньше { $password_shortest ->
        [one] { $password_shortest } символа
        [few] { $password_shortest } символов
       *[many] { $password_shortest } символов
    }.
refused-password-too-long = Слишком длинный пароль. Выберите более короткий пароль.
refused-password-same = Новый пароль должен отличаться от прежнего
refused-password-not-repeated = Пароли не совпадают. Введите их ещё раз.
refused-password-repetitive = В пароле повторяются одни и те же символы. Придумайте пароль, который труднее угадать.
refused-password-sequence = Символы пароля идут подряд в алфавите, по порядку цифр или на клавиатуре. Придумайте пароль, который труднее угадать.
refused-password-username = Пароль не должен совпадать с логином, даже если добавить цифры или знаки
refused-password-product = Пароль не должен быть названием этой системы, даже если добавить цифры или знаки
refused-password-university = Пароль не должен быть названием университета или его частью, даже если добавить цифры или знаки
refused-password-common = Это распространённый пароль: такие подбирают в первую очередь. Придумайте другой, например из нескольких слов.
refused-too-many-lines = Найдено больше строк, чем вмещает один файл. Выберите факультет или кафедру.
refused-view-name-missing = Укажите название фильтра
refused-view-name-too-long = Слишком длинное название. Максимум: { $saved_filter_name_limit ->
        [one] { $saved_filter_name_limit } символ
        [few] { $saved_filter_name_limit } символа
       *[many] { $saved_filter_name_limit } символов
    }.
refused-view-empty = Сохранять нечего. Сначала выберите подразделение, семестр или статус либо задайте поиск.
refused-view-too-long = Фильтр не сохранён: слишком длинный текст поиска. Сократите его.
refused-too-many-views = Уже { $saved_filters_limit ->
        [one] сохранён { $saved_filters_limit } фильтр
        [few] сохранено { $saved_filters_limit } фильтра
       *[many] сохранено { $saved_filters_limit } фильтров
    }, больше нельзя. Сначала удалите ненужный фильтр.
refused-order-empty = Утверждённых экзаменов нет, поэтому приказ издать нельзя
refused-order-changed = За это время список утверждённых экзаменов изменился. Просмотрите проект ещё раз.
refused-university-name-missing = Укажите название университета на трёх языках
refused-username-wrong = Укажите логин без пробелов
refused-family-name-missing = Укажите фамилию
refused-founding-name-too-long = Слишком длинное название. Максимум: { $name_limit ->
        [one] { $name_limit } символ
        [few] { $name_limit } символа
       *[many] { $name_limit } символов
    }.
refused-import-not-confirmed = Подтвердите изменения, отмеченные красным, и импортируйте снова
refused-setup-key-wrong = Ключ неверный или больше не действует. Введите последний ключ, который показал сервер.
refused-request-answered = На этот запрос уже ответили
refused-request-endorsed = Этот запрос уже поддержали
refused-request-asked = Запрос по одной из этих групп уже ожидает ответа
refused-deadline-not-over = Срок для одной из этих групп ещё не истёк, или её выбор уже утверждён
refused-phrase-missing = Введите причину; офис-регистратор вводит её на всех трёх языках
refused-phrase-too-long = Причина слишком длинная. Максимум символов: { $phrase_limit }.
refused-too-many-phrases = Причин уже { $phrases_limit }. Сначала удалите одну.
refused-escalation-out-of-range = Введите число дней от 1 до { $escalate_days_limit } или оставьте поле пустым
