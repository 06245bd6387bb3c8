/** Deep links for every state, in the fragment, which is sent to no server: `#/api-keys?rotate=ID`. */
import { useEffect, useState } from 'preact/hooks';

export interface Place {
  /** Name of the screen. */
  screen: string;
  /** What follows the screen's name: an id. */
  id: string | undefined;
  query: URLSearchParams;
}

function readPlace(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const [screen = '', id] = path.split('/', 2).map(decoded);
  return { screen, id, query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function linkTo(screen: string, id?: string, query: Record<string, string> = {}): string {
  const path = [screen, ...(id === undefined ? [] : [id])].map(encodeURIComponent).join('/');
  const search = new URLSearchParams(query).toString();
  return `#/${path}${search === '' ? '' : `?${search}`}`;
}

export function goTo(link: string): void {
  location.hash = link;
}

export function usePlace(): Place {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const changed = () => setPlace(readPlace());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return place;
}
