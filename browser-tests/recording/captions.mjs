// The captions of the film and the time that people need to read them. A caption begins when record.mjs reaches its
// place in the film and ends when the next one begins.

/**
 * The captions in the order of the film, each one short sentence of at most 80 characters. A caption with `top` is
 * shown at the top, because it would cover its subject at the bottom.
 */
export const CAPTIONS = {
  'sign-in': {
    kk: 'Логиніңіз бен құпиясөзіңізді енгізіп, «Кіру» батырмасын басыңыз.',
    ru: 'Введите логин и пароль и нажмите кнопку «Войти».',
    en: 'Enter your username and password and press “Sign in”.',
  },
  list: {
    kk: 'Бұл – топтарыңыздың тізімі; жоғарыдағы нұсқаулықты жинап қоюға болады.',
    ru: 'Это список ваших групп; инструкцию над ним можно свернуть.',
    en: 'This is the list of your groups; the instructions above it can be collapsed.',
  },
  'all-groups': {
    kk: '«Барлық топқа бірден» арқылы пәннің үш тобына бір таңдау жасайсыз.',
    ru: '«Сразу для всех групп»: один выбор на все три группы дисциплины.',
    en: '“For all groups at once”: one choice for all three groups of a discipline.',
  },
  narrow: {
    kk: 'Осы үш жол арқылы тізімді сүзіңіз: мысалы, «АУЫЗША» формасын таңдаңыз.',
    ru: 'Отфильтруйте список этими тремя полями: например, выберите форму «УСТНЫЙ».',
    en: 'Filter the list with these three fields: for example, choose the exam format “ORAL”.',
  },
  'one-left': {
    kk: 'Бір ғана нұсқа қалды, ол белгіленіп тұр.',
    ru: 'Остался один вариант, и он уже отмечен.',
    en: 'One option is left, and it is already selected.',
  },
  info: {
    kk: 'Ауызша емтихан үшін видеоконференция платформасын жазыңыз.',
    ru: 'Для устного экзамена укажите платформу видеоконференции.',
    en: 'For an oral exam, enter the video conference platform.',
  },
  beside: {
    kk: 'Таңдалған нұсқаның нұсқаулығы оң жақта көрсетіледі.',
    ru: 'Инструкция к выбранному варианту показана справа.',
    en: 'The instructions for the selected option are shown on the right.',
  },
  programme: {
    kk: 'Осы семестрдің емтихан бағдарламасы белгіленіп тұр, оны тексеріңіз.',
    ru: 'Программа экзамена этого семестра уже отмечена: проверьте её.',
    en: 'This term’s exam programme is already selected: please check it.',
  },
  send: {
    top: true,
    kk: 'Бәрі дұрыс болса, «Тексеруге жіберу» батырмасын басыңыз.',
    ru: 'Если всё верно, нажмите «Отправить на проверку».',
    en: 'If everything is right, press “Send for review”.',
  },
  sent: {
    kk: 'Таңдауыңыз жіберілді: үш топтың күйі енді «Тексерілуде».',
    ru: 'Ваш выбор отправлен: все три группы теперь «На проверке».',
    en: 'Your choice is sent: all three groups are now “In review”.',
  },
  queue: {
    kk: 'Енді жүйеге кафедра меңгерушісі кіріп, «Тексеру кезегі» бетін көреді.',
    ru: 'Теперь входит заведующий кафедрой и видит страницу «Очередь проверки».',
    en: 'Now the head of department signs in and sees the “Review queue”.',
  },
  clean: {
    kk: 'Өткен семестрмен бірдей таңдаулар бөлек: оларды «Қарау» арқылы ашыңыз.',
    ru: 'Выбор без изменений с прошлого семестра – отдельно: нажмите «Просмотр».',
    en: 'Choices that are the same as last term are listed separately: press “View”.',
  },
  approve: {
    kk: 'Карточкада өзгерістер көрсетілген; бәрі дұрыс болса, «Бекіту» батырмасын басыңыз.',
    ru: 'Карточка показывает, что изменилось; если всё верно, нажмите «Утвердить».',
    en: 'The card shows what has changed; if it is right, press “Approve”.',
  },
  undo: {
    kk: 'Қателессеңіз, он минут ішінде «Болдырмау» батырмасын басыңыз.',
    ru: 'Ошиблись? В течение десяти минут нажмите «Отменить действие».',
    en: 'If that was a mistake, press “Undo” within ten minutes.',
  },
};

export const LANGUAGES = ['kk', 'ru', 'en'];

/** Returns the seconds for which a caption must be shown, for the language that takes longest to read. */
export const readingTime = id => 2 + Math.max(...LANGUAGES.map(lang => CAPTIONS[id][lang].length)) / 18;

const clock = seconds => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);

/**
 * Returns the captions file of a language; `marks` are the times at which captions begin, `end` is the end of the film.
 */
export function vtt(lang, marks, end) {
  const cues = marks.map(({ id, at }, n) => {
    const until = (marks[n + 1]?.at ?? end) - 0.1;
    return `${clock(at)} --> ${clock(until)}${CAPTIONS[id].top ? ' line:1' : ''}\n${CAPTIONS[id][lang]}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}
