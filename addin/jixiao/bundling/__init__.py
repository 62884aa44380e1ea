"""The offline kit: everything that a Windows PC without internet needs, in one folder.

`kit` puts it together from our own wheel (`own_wheel`), the wheels of all that it depends on for
each version of Python (`closure` says which, `downloading` fetches them), the words for people
(`words`), and what runs on the staff's PC (`on_site`).
"""
