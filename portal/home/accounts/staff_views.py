"""Staff screens: accounts, invitations, and the journal of logging in."""

from functools import wraps

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core.statuses import TransitionRefused, history_of, label
from portal.home.accounts import factors, invitations, journal, keeping, lockout
from portal.home.accounts.forms import InvitationForm
from portal.home.accounts.mails import send_invitation
from portal.home.accounts.models import Invitation
from portal.home.accounts.people import roles_in_words
from portal.units.people import name_of

PER_PAGE = 50
LINK = "portal_invitation_link"


def for_keepers(view):
    """Open ``view`` only for those who look after accounts."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not keeping.may_keep(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def framed(title, *trail, icon="user"):
    """Return the frame's part of a context; ``trail`` holds (address, label) of what is above."""
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            *({"url": url, "label": label} for url, label in trail),
            {"url": "", "label": title},
        ],
    }


def _accounts_crumb():
    return reverse("accounts:accounts"), _("Accounts")


def _invitations_crumb():
    return reverse("accounts:invitations"), _("Invitations")


@for_keepers
def account_list(request):
    """Show who has an account, with which roles, and how it is protected."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    users = get_user_model().objects.order_by("-is_active", "username")
    for word in words.split():
        users = users.filter(
            Q(username__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
        )
    users = users.prefetch_related("groups__role_group").annotate(
        has_factor=Exists(
            Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        )
    )
    page = Paginator(users, PER_PAGE).get_page(request.GET.get("trang"))
    rows = [(user, name_of(user), roles_in_words(user)) for user in page]
    context = {"rows": rows, "page_obj": page, "words": words, **framed(_("Accounts"))}
    return render(request, "accounts/admin/account_list.html", context)


@for_keepers
def account_detail(request, pk):
    """Show one account and what can be done to it."""
    account = get_object_or_404(get_user_model(), pk=pk)
    context = {
        "account": account,
        "roles": roles_in_words(account),
        "memberships": account.memberships.select_related("unit"),
        "has_factor": factors.has_factor(account),
        "factor_is_required": factors.is_required(account),
        "minutes_locked": lockout.minutes_locked(request, account),
        "identities": SocialAccount.objects.filter(user=account),
        "sessions": UserSession.objects.filter(user=account).count(),
        "may_keep": keeping.may_keep(request.user, account),
        "is_own": account.pk == request.user.pk,
        **framed(name_of(account), _accounts_crumb()),
    }
    return render(request, "accounts/admin/account.html", context)


@require_POST
@for_keepers
def account_deed(request, pk, deed):
    """Do one thing to an account and say so."""
    account = get_object_or_404(get_user_model(), pk=pk)
    if deed not in keeping.DEEDS:
        raise Http404
    keeping.DEEDS[deed](request, account)
    done = {
        "mo-khoa": _("The account is unlocked."),
        "dat-lai-hai-lop": _("Two-step log-in is reset; its owner was logged out and told."),
        "bo-lien-ket": _("The link to the identity provider is removed."),
        "ngung": _("The account is deactivated and its sessions are ended."),
        "mo-lai": _("The account is active again."),
    }
    messages.success(request, done[deed])
    return redirect("accounts:account", pk)


@for_keepers
def log_in_journal(request):
    """Show who logged in or tried to, newest first."""
    kind = request.GET.get("loai", "")
    found = journal.entries()
    if kind in journal.ACTIONS:
        found = found.filter(action=kind)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    rows = [
        (entry, journal.ACTIONS.get(entry.action, entry.action), journal.TONES.get(entry.action))
        for entry in page
    ]
    context = {
        "rows": rows,
        "page_obj": page,
        "kind": kind,
        "kinds": journal.ACTIONS.items(),
        **framed(_("Log-in journal"), _accounts_crumb(), icon="history"),
    }
    return render(request, "accounts/admin/journal.html", context)


@for_keepers
def invitation_list(request):
    """Show who was invited, and what became of it."""
    found = Invitation.objects.for_listing()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page_obj": page, **framed(_("Invitations"), _accounts_crumb(), icon="mail")}
    return render(request, "accounts/admin/invitation_list.html", context)


@for_keepers
def invitation_create(request):
    """Invite somebody."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, word = invitations.invite(user=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            _show(form, refusal)
        else:
            journal.note("accounts.invited", request, invitation, user=request.user)
            return _after_sending(request, invitation, word)
    title = _("Invite somebody")
    context = {"form": form, **framed(title, _accounts_crumb(), _invitations_crumb(), icon="mail")}
    return render(request, "accounts/admin/invitation_form.html", context)


def _show(form, refusal):
    """Put what an action refused beside the fields that it is about."""
    for field, sentences in getattr(refusal, "message_dict", {None: refusal.messages}).items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def _after_sending(request, invitation, word):
    """Send the letter; show the link once where it could not be sent."""
    link = request.build_absolute_uri(reverse("accept_invitation", args=[word]))
    if send_invitation(invitation, link):
        invitations.note_mailed(invitation)
        sentence = _("The invitation went to %(email)s.") % {"email": invitation.email}
        messages.success(request, sentence)
    else:
        request.session[LINK] = [invitation.pk, link]
    return redirect("accounts:invitation", invitation.pk)


@for_keepers
def invitation_detail(request, pk):
    """Show an invitation, and its link once when nobody could send it."""
    invitation = get_object_or_404(Invitation.objects.for_listing(), pk=pk)
    shown_pk, link = request.session.pop(LINK, (None, ""))
    context = {
        "invitation": invitation,
        "link": link if shown_pk == invitation.pk else "",
        "history": [(each, label(invitation, each.to_status)) for each in history_of(invitation)],
        "is_open": invitation.status == Invitation.Status.SENT,
        **framed(invitation.name, _accounts_crumb(), _invitations_crumb(), icon="mail"),
    }
    return render(request, "accounts/admin/invitation.html", context)


@require_POST
@for_keepers
def invitation_resend(request, pk):
    """Send the invitation again, with a new link."""
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        word = invitations.invite_again(invitation, user=request.user)
    except invitations.InvitationGone:
        messages.error(request, _("This invitation is not open any more."))
        return redirect("accounts:invitation", pk)
    journal.note("accounts.invitation_resent", request, invitation, user=request.user)
    invitation.refresh_from_db()
    return _after_sending(request, invitation, word)


@require_POST
@for_keepers
def invitation_revoke(request, pk):
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        invitations.revoke(invitation, user=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        journal.note("accounts.invitation_revoked", request, invitation, user=request.user)
        messages.success(request, _("The invitation is taken back; its link opens nothing."))
    return redirect("accounts:invitation", pk)
