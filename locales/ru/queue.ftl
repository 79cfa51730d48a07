# Очередь проверки заведующего.
approve-until = Срок утверждения: { $date }
keys-next = следующий / предыдущий выбор
keys-select = отметить выбор
keys-approve = утвердить выбор
keys-return = вернуть выбор
keys-off = отключить горячие клавиши
queue-empty = Выбора, ожидающего проверки, нет
approved-count = Групп с утверждённым выбором: { $n }
waiting-for-instructors = Групп без отправленного выбора: { $n }
queue-clean = Как в прошлом семестре, без предупреждений
queue-need = Требуют просмотра
queue-own = Ваш собственный выбор
queue-own-hint = Утвердить собственный выбор вы не можете: это делает исполняющий обязанности заведующего, а если его нет — декан.
approve = Утвердить
approve-all = Утвердить все ({ $n })
approve-selected = Утвердить отмеченные
return = Вернуть
return-selected = Вернуть отмеченные
return-reason = Причина возврата
return-with-reason = Вернуть на исправление
ready-reasons = Частые причины
ready-reason-1 = Файл программы не соответствует дисциплине
ready-reason-2 = В программе нет инструкции по проведению экзамена
ready-reason-3 = Выберите другую платформу или форму
reopen-answer = Ваш ответ преподавателю
leave-approved = Отклонить запрос
approved-now = Сейчас утверждено
compared-with = Сравнение
since-last-review = с последним решением
against-last-term = с прошлым семестром
first-time = Отправлено впервые
exam-unchanged = экзамен не изменился
warning = Предупреждение
warn-old-file = Файл программы из прежнего семестра
warn-name-without-discipline = В имени файла не указана дисциплина
warn-empty-info = В дополнительной информации нет нужных сведений
warn-students-changed = Число студентов изменилось на { $students_changed_percent } % или больше
warn-differs-from-kin = Для других групп этой дисциплины выбран другой вариант
warn-rule-gone = Этого варианта больше нет в правилах
done-sent = Отправлено
done-approved = Утверждено
done-returned = Возвращено
done-reopened = Открыто для правки
done-declined = Запрос отклонён. Выбор остаётся утверждённым, преподаватель получит уведомление.
older-decisions = Предыдущие решения, которые можно отменить: { $n }
student-count = { $n ->
        [one] { $n } студент
        [few] { $n } студента
       *[many] { $n } студентов
    }
left = Осталось: { $n }
