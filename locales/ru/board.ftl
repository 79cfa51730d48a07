# Наблюдение: ход заполнения, отчёты, приказ.
reports = Отчёты
instructors = Преподаватели
unfinished = Не завершено
download = Скачать
discipline-code = Код дисциплины
taught-in = Язык обучения
level = Уровень обучения
sent-on = Отправлено
decided-on = Решение принято
term-over = Семестр закрыт
