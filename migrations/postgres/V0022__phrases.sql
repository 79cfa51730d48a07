-- Frequent reasons for returning a choice: of the registrar's office (no owner) and of each head of department.
-- The texts of a phrase never change; a changed phrase is a new row, and the old one is not offered any more.
CREATE TABLE phrases (
  id         UUID NOT NULL PRIMARY KEY,
  owner_id   UUID REFERENCES people (id),
  text_kk    TEXT NOT NULL,
  text_ru    TEXT NOT NULL,
  text_en    TEXT NOT NULL,
  uses       BIGINT NOT NULL,
  is_offered BOOLEAN NOT NULL
);
CREATE INDEX phrases_by_owner ON phrases (owner_id);
CREATE INDEX phrases_by_kk ON phrases (text_kk);
CREATE INDEX phrases_by_ru ON phrases (text_ru);
CREATE INDEX phrases_by_en ON phrases (text_en);
INSERT INTO phrases (id, owner_id, text_kk, text_ru, text_en, uses, is_offered) VALUES
  ('fbcb69d6-ad73-5787-9fa9-766529f30e05', NULL, 'Бағдарлама файлы пәнге сәйкес емес', 'Файл программы не соответствует дисциплине', 'The programme file does not match the discipline', 0, TRUE),
  ('6e925a62-2878-5d93-93eb-f39557e46bc8', NULL, 'Бағдарламада емтихан өткізу нұсқаулығы жоқ', 'В программе нет инструкции по проведению экзамена', 'The programme has no exam instructions', 0, TRUE),
  ('0bcd7248-76db-5db1-a2df-bc7576c8a3c2', NULL, 'Басқа платформаны немесе форманы таңдаңыз', 'Выберите другую платформу или форму', 'Choose another platform or format', 0, TRUE);
