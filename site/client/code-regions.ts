/**
 * Code that is wider than its frame can be scrolled, and so becomes a landmark that the keyboard reaches. Each landmark
 * wants a name of its own; what does not scroll must not have one.
 */
for (const [index, block] of document.querySelectorAll('.expressive-code pre').entries()) {
	const title = block.closest('figure')?.querySelector('figcaption .title')?.textContent?.trim();
	const name = `${title || block.getAttribute('data-language') || 'code'} ${index + 1}`;
	const show = () => {
		if (block.getAttribute('role') === 'region') block.setAttribute('aria-label', name);
		else block.removeAttribute('aria-label');
	};
	new MutationObserver(show).observe(block, { attributes: true, attributeFilter: ['role'] });
	show();
}
