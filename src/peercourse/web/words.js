/* The words of a script in the page's language: the page holds them as data. A script takes its own section. */
window.peercourseWords = (section) => {
  const words = JSON.parse(document.getElementById("words").textContent)[section];
  const plural = new Intl.PluralRules(document.documentElement.lang);
  return (key, values = {}) => {
    const entry = words[key];
    const text = entry.other ? entry[plural.select(values.count)] || entry.other : entry;
    return text.replace(/{(\w+)}/g, (_, name) => values[name]);
  };
};
