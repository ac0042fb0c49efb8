package org.tidings.testkit;

/** Contrast as WCAG 2.2 defines it, measured on what the style sheets make of a page. */
final class Contrast {
    /**
     * Gives what is visible and has less than the least contrast of level AA: 4.5 for text (1.4.3), and 3 for the edges
     * of controls (1.4.11). Controls that are disabled need none. A background is taken to be of one colour.
     */
    static final String SCRIPT = """
            const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
            const rgba = colour => { // of any notation
              canvas.clearRect(0, 0, 1, 1);
              canvas.fillStyle = colour;
              canvas.fillRect(0, 0, 1, 1);
              return [...canvas.getImageData(0, 0, 1, 1).data].map(value => value / 255);
            };
            const over = ([r, g, b, alpha], back) => [r, g, b].map((value, i) => value * alpha + back[i] * (1 - alpha));
            const behind = element => element
                ? over(rgba(getComputedStyle(element).backgroundColor), behind(element.parentElement)) : [1, 1, 1];
            const opacity = element => element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
            const luminance = colour => colour
                .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
                .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
            const ratio = (one, other) => {
              const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
              return (light + 0.05) / (dark + 0.05);
            };
            const faint = [];
            const check = (what, colour, element, back, least) => {
              const [r, g, b, alpha] = rgba(colour);
              const found = ratio(over([r, g, b, alpha * opacity(element)], back), back);
              if (found < least) {
                faint.push(`${what}: ${found.toFixed(2)}`);
              }
            };
            const isSeen = element => element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})
                && !element.matches(':disabled');
            const all = [...document.body.querySelectorAll('*')].filter(isSeen);
            for (const element of all) {
              const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join('');
              if (text) {
                check(`"${text}"`, getComputedStyle(element).color, element, behind(element), 4.5);
              }
              if (element.placeholder) {
                const {color} = getComputedStyle(element, '::placeholder');
                check(`placeholder "${element.placeholder}"`, color, element, behind(element), 4.5);
              }
              if (element.matches('input, button, progress, select, textarea')) {
                const {borderTopColor, borderTopWidth} = getComputedStyle(element);
                const back = behind(element.parentElement);
                const edge = parseFloat(borderTopWidth) > 0 ? borderTopColor : getComputedStyle(element).color;
                check(`edge of #${element.id || element.textContent.trim()}`, edge, element, back, 3);
              }
            }
            return faint;
            """;

    private Contrast() {}
}
