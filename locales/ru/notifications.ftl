# Уведомления в системе и по электронной почте; напоминания; экзамены студента.
nav-inbox = Уведомления
unread-counted = непрочитанных: { $n }
inbox-empty = Уведомлений пока нет
notification-new = новое
mark-read = Отметить прочитанным
mark-all-read = Отметить всё прочитанным
older-notices = Более ранние уведомления
notification-settings = Настройки уведомлений
notification-returned = Возвращено на исправление
notification-reopened = Открыто для правки
notification-moved = Заменено другим вариантом
notification-approved = Утверждено
notification-changed = Экзамен изменён
notification-being-changed = Экзамен изменяется
notification-unchanged = Экзамен остаётся прежним
notification-returned-by-rule = Возвращено: правила изменились
notification-window-opens = Открыт выбор формы экзамена
notification-days-left = Срок выбора скоро истекает
notification-past-due = Срок выбора истёк
notification-reminder = Напоминание: выберите форму экзамена
notification-gap = Некому утвердить выбор
notification-overdue = Решения о выборе слишком долго нет
notification-to-decide = Выбор преподавателей ждёт вашего решения
notification-deciding-ends = Приближается срок утверждения
notification-deciding-over = Срок утверждения истёк
notification-reopening-asked = Преподаватель просит открыть выбор для правки
notification-appointed = Вы назначены утверждать выборы
notification-reopening-declined = Запрос на открытие для правки отклонён
notification-deadline-extended = Срок продлён
notification-extension-asked = Преподаватель просит продлить срок
notification-extension-endorsed = Запрос о продлении срока ожидает вашего ответа
notification-extension-declined = Запрос о продлении срока отклонён
notification-until = Назначение действует до: { $date }
notification-to-choose = Групп, ожидающих вашего выбора: { $n }
notification-waiting = Групп, ожидающих решения: { $n }
notification-more = Ещё { $n }
mail-address = Электронная почта
mail-address-hint = Адрес берётся из данных университета. Если он неверный, обратитесь в офис-регистратор.
mail-address-none = В данных университета нет вашего адреса электронной почты, поэтому уведомления видны только здесь.
mail-preferences = Уведомления по электронной почте
mail-preferences-hint = Все уведомления видны в системе. Выберите, какие из них отправлять на электронную почту.
mail-preferences-none = На электронную почту вам ничего не отправляется
mail-preferences-saved = Настройки сохранены
mail-preference-at-once = сразу
mail-preference-digest = одним письмом в день
mail-preference-off = не отправлять
mail-greeting = Здравствуйте, { $name }!
mail-digest = Уведомления за день: { $n }
mail-footer = Это письмо отправлено автоматически, отвечать на него не нужно. Настройки уведомлений:
remind = Отправить напоминания
remind-hint = Письмо получат все, кто ещё не выбрал форму экзамена, каждый на своём языке. Одному человеку напоминают не чаще одного раза за { $reminder_hours ->
        [one] { $reminder_hours } час
        [few] { $reminder_hours } часа
       *[many] { $reminder_hours } часов
    }.
remind-whole = Весь университет
remind-people = Получателей: { $n }
remind-text = Текст письма
remind-nobody = Напоминать некому: все выбрали форму экзамена или недавно получили напоминание
remind-lately = Уже получили напоминание за последние { $reminder_hours ->
        [one] { $reminder_hours } час
        [few] { $reminder_hours } часа
       *[many] { $reminder_hours } часов
    }: { $n }
remind-no-address = нет электронной почты, увидит только в системе
remind-send = Отправить напоминания ({ $n })
remind-done = Отправлено напоминаний: { $n }
act-reminders-sent = Отправлено напоминание
exam-changed = Изменено: { $date }
exam-guide = Инструкция для студента
public-exams = Экзамены группы
public-exams-hint = Здесь видны только утверждённые экзамены.
public-exams-none = Утверждённых экзаменов этой группы не найдено. Проверьте название группы.
