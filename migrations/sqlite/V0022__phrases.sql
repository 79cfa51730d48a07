-- Frequent reasons for returning a choice: of the registrar's office (no owner) and of each head of department.
-- The texts of a phrase never change; a changed phrase is a new row, and the old one is not offered any more.
CREATE TABLE phrases (
  id         BLOB NOT NULL PRIMARY KEY,
  owner_id   BLOB REFERENCES people (id),
  text_kk    TEXT NOT NULL,
  text_ru    TEXT NOT NULL,
  text_en    TEXT NOT NULL,
  uses       INTEGER NOT NULL,
  is_offered INTEGER NOT NULL
) STRICT;
CREATE INDEX phrases_by_owner ON phrases (owner_id);
CREATE INDEX phrases_by_kk ON phrases (text_kk);
CREATE INDEX phrases_by_ru ON phrases (text_ru);
CREATE INDEX phrases_by_en ON phrases (text_en);
INSERT INTO phrases (id, owner_id, text_kk, text_ru, text_en, uses, is_offered) VALUES
  (x'fbcb69d6ad7357879fa9766529f30e05', NULL, 'Бағдарлама файлы пәнге сәйкес емес', 'Файл программы не соответствует дисциплине', 'The programme file does not match the discipline', 0, 1),
  (x'6e925a6228785d9393ebf39557e46bc8', NULL, 'Бағдарламада емтихан өткізу нұсқаулығы жоқ', 'В программе нет инструкции по проведению экзамена', 'The programme has no exam instructions', 0, 1),
  (x'0bcd724876db5db1a2dfbc7576c8a3c2', NULL, 'Басқа платформаны немесе форманы таңдаңыз', 'Выберите другую платформу или форму', 'Choose another platform or format', 0, 1);
