/** @file كلام لوحة البحث بالعربية. */

/** كلام لوحة البحث: الترتيب والحصر والاقتراح والتصدير. */
export const arSearch = {
  orders: {
    title: 'ترتيب النتائج',
    names: { relevance: 'الأنسب أولًا', 'relevance+recent': 'الأنسب، والحديث مقدَّم', newest: 'الأحدث أولًا', oldest: 'الأقدم أولًا', outlet: 'بالمصدر' },
  },
  facets: {
    title: 'احصر النتائج', chosen: 'ما حُصرت به النتائج', clear: 'بلا حصر', letGo: 'ارفع هذا الحصر', more: '{count} أخرى', failed: 'لم تُعدّ الأقسام.',
    counting: 'تُعدّ…', countKeywords: 'عُدَّ الكلمات الدلالية', noKeywords: 'لا كلمات دلالية.',
    names: { outlet: 'المصدر', date: 'تاريخ النشر', keyword: 'كلمة دلالية', entity: 'عَلَم' },
    none: { outlet: 'بلا مصدر', date: 'غير مؤرَّخ', keyword: 'بلا كلمات دلالية', entity: 'بلا أعلام' },
  },
  suggestions: {
    title: 'اقتراحات',
    kinds: { word: 'كلمة', name: 'عَلَم', outlet: 'مصدر', near: 'هل تقصد' },
  },
  exports: {
    title: 'تصدير', note: 'كل النتائج، لا المعروض منها وحده.', stop: 'أوقفه', stopped: 'أُوقف التصدير.', failed: 'لم يتم التصدير:',
    running: 'كُتب {done} من {total} وثيقة', done: 'حُفظ: {hits} {documents}',
    formats: {
      csv: ['CSV للجداول', 'سطر لكل موضع؛ يُفتح في Excel وLibreOffice'],
      'csv-plain': ['CSV للبرامج', 'سطر لكل موضع؛ النص كما هو'],
      jsonl: ['JSON Lines', 'كائن لكل موضع'],
      ris: ['RIS', 'مرجع لكل وثيقة؛ Zotero وEndNote'],
      bibtex: ['BibTeX', 'مرجع لكل وثيقة؛ LaTeX'],
    },
  },
  steps: { exact: 'كما كُتبت', marks: 'تشكيل', letters: 'حرف', clitics: 'سابقة', stem: 'جذع', similar: 'تشابه', prefix: 'بداية', fuzzy: 'تقارب', wildcard: 'بديل', regex: 'تعبير', pattern: 'نمط', name: 'اسم', alias: 'رسم آخر' },
  apart: { title: 'حروف تُفرَّق', letters: { teh: 'فرّق بين ة وه', yeh: 'فرّق بين ى وي' } },
  also: { title: 'رسوم تُقرأ معها', kinds: { names: 'والأسماء اللاتينية بحروف عربية', aliases: 'والرسوم الأخرى للأسماء' } },
  some: {
    title: 'وثائق فيها بعض الكلمات', none: 'لا وثيقة فيها كل الكلمات؛ وفي هذه بعضها، الأنسب أولًا. لا تدخل في العدد أعلاه.',
    noMain: 'لا مقال رئيسًا فيه كل الكلمات؛ وفي هذه الوثائق بعضها. لا تدخل في العدد أعلاه.',
    nowhere: 'لا وجود لها في المتن بهذه المقارنة:', missing: 'ليس فيها:',
  },
  score: {
    title: 'لماذا هذا موضعها', failed: 'لم يُفسَّر الترتيب.', part: 'الجزء', counts: 'ما عُدّ', adds: 'يزيد', sum: 'المجموع',
    parts: { words: 'الكلمات المطلوبة', exact: 'كلمات كما كُتبت', bag: 'رسوم قريبة (قطع الكلمات)', title: 'في العنوان', recent: 'الحداثة', outlet: 'المصدر المفضّل' },
    length: 'يُحسب طولها {length}، والمتوسط {average}', term: '{tf} × هنا، في {df}؛ idf {idf}', others: '{count} أخرى',
    formula: 'كما كُتبت: عُشر idf، وفي العنوان: نصفه. والباقي BM25 (روبرتسون وزاراغوزا 2009):',
  },
  ways: {
    'no-filters': 'البحث نفسه بلا حصر', spelling: 'هل تقصد {text}؟', lens: 'البحث نفسه {lens}', scope: 'البحث نفسه {scope}',
    'lens-scope': 'البحث نفسه {lens} و{scope}', 'no-exclusions': 'بلا استبعاد: {query}', 'phrase-words': 'الكلمات متفرقة: {query}',
    fewer: 'من غير {text}: {query}', alone: '{query} وحدها',
  },
};
