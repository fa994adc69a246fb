/** "123456789" as people read it: "123 456 789". */
export const groupDigits = (code: string): string => code.replaceAll(/\D/g, '').replaceAll(/(\d{3})(?=\d)/g, '$1 ');
