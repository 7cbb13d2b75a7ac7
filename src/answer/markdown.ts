export const renderAnswer = (text: string, _links: readonly string[]): string => text.replace(/[&<>]/g, '');
