/** What VS Code gives a page: a way to send, and a value that outlives the page being hidden. */
export interface PageApi<Out> {
  postMessage(message: Out): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): unknown;

/** May be called once in the life of a page; VS Code refuses a second time. */
export function acquirePageApi<Out>(): PageApi<Out> {
  return acquireVsCodeApi() as PageApi<Out>;
}
