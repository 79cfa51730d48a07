# Уведомления в системе и по электронной почте; напоминания; экзамены студента.
nav-inbox = Уведомления
unread-counted = непрочитанных: { $n }
inbox-empty = Уведомлений пока нет
notice-new = новое
mark-read = Отметить прочитанным
mark-all-read = Отметить всё прочитанным
older-notices = Более ранние уведомления
notice-settings = Настройки уведомлений
notice-returned = Возвращено на исправление
notice-reopened = Открыто для правки
notice-moved = Заменено другим вариантом
notice-approved = Утверждено
notice-changed = Экзамен изменён
notice-window-opens = Открыт выбор формы экзамена
notice-days-left = Срок выбора скоро истекает
notice-past-due = Срок выбора истёк
notice-reminder = Напоминание: выберите форму экзамена
notice-gap = Некому утвердить выбор
notice-to-choose = Групп, ожидающих вашего выбора: { $n }
notice-waiting = Групп, ожидающих решения: { $n }
notice-more = Ещё { $n }
mail-address = Электронная почта
mail-address-hint = Адрес берётся из данных университета. Если он неверный, обратитесь в офис-регистратор.
mail-address-none = В данных университета нет вашего адреса электронной почты, поэтому уведомления видны только здесь.
wishes = Уведомления по электронной почте
wishes-hint = Все уведомления видны в системе. Выберите, какие из них отправлять на электронную почту.
wishes-none = На электронную почту вам ничего не отправляется
wishes-saved = Настройки сохранены
wish-at-once = сразу
wish-digest = одним письмом в день
wish-off = не отправлять
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
public-exams-none = Утверждённых экзаменов этой группы не найдено. Проверьте название группы
