// @ts-check

/** A part of the page from our server; undefined when it cannot be had. @param {string} url @returns {Promise<string | undefined>} */
export async function fetchPart(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}
