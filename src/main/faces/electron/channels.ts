/** The channels between the page's preload and the main process. */
export const CALL_CHANNEL = 'portcullis:call';
export const PROGRESS_CHANNEL = 'portcullis:progress';
export const NEWS_CHANNEL = 'portcullis:news';
