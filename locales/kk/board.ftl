# Бақылау: толтыру барысы, есептер, бұйрық.
reports = Есептер
instructors = Оқытушылар
unfinished = Аяқталмағаны
download = Жүктеп алу
discipline-code = Пән коды
taught-in = Оқыту тілі
level = Оқу деңгейі
sent-on = Жіберілген уақыты
decided-on = Шешім уақыты
term-over = Семестр жабылған
